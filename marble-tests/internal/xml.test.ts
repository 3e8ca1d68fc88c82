import { describe, expect, it } from 'vitest';
import { element, textElement } from '../../src/internal/xml.js';

describe('element', () => {
  it('is empty, or around others', () => {
    expect(element('a', {})).toBe('<a/>');
    expect(element('a', { x: 1, y: 'z' }, element('b', {}), element('c', {}))).toBe('<a x="1" y="z"><b/><c/></a>');
  });

  it('escapes its attributes', () => {
    expect(element('a', { x: `<&">'` })).toBe(`<a x="&lt;&amp;&quot;&gt;'"/>`);
  });
});

describe('textElement', () => {
  it('escapes its text', () => {
    expect(textElement('a', {}, '</a>&amp;')).toBe('<a>&lt;/a&gt;&amp;amp;</a>');
  });

  it.each([
    ['a null', '\u0000'],
    ['an escape', '\u001b'],
    ['half a character', '\ud83d'],
    ['the other half', '\ude00'],
    ['none', '\uffff'],
  ])('replaces what XML cannot say: %s', (_, character) => {
    expect(textElement('a', {}, `x${character}y`)).toBe('<a>x\ufffdy</a>');
  });

  it.each(['\t', '\n', 'é', '가', '😀', '\u007f', '\ufffd'])('leaves everything else: %j', (character) => {
    expect(textElement('a', {}, character)).toBe(`<a>${character}</a>`);
  });
});
