/** What XML has no way to say, not even escaped: control characters, halves of characters, and two that are none. */
const UNSPEAKABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(UNSPEAKABLE, '\ufffd').replace(/[&<>"]/g, (character) => ESCAPES[character]);
}

/** An element of XML around other elements. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...inner: string[]
): string {
  const start = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  const tag = `${name}${start.join('')}`;
  return inner.length === 0 ? `<${tag}/>` : `<${tag}>${inner.join('')}</${name}>`;
}

/** An element of XML around a text. */
export function textElement(name: string, attributes: Readonly<Record<string, string | number>>, text: string): string {
  return element(name, attributes, escape(text));
}
