/**
 * Actors and exchanges for RxJS: state handled one message at a time, workers, and named pub/sub.
 *
 * @packageDocumentation
 */

export { Actor, actor, type Behavior } from './actor/actor.js';
export { ActorPool, actorPool, type ActorPoolOptions, type PoolMailboxOptions } from './actor/actor-pool.js';
export type { ActorStatus } from './contract/actor-status.js';
export type { ActorSnapshot } from './contract/actor-snapshot.js';
export type { ActorOptions, MailboxOptions, SiblingStrategy } from './actor/actor-options.js';
export type { ActorRef } from './contract/actor-ref.js';
export type { AnyActor } from './contract/any-actor.js';
export type { AskOptions } from './actor/ask.js';
export type { ActorContext, ReceiveTimeout } from './actor/context.js';
export type { ClosedTermination, FailedTermination, KilledTermination, Termination } from './contract/termination.js';
export { generatorActor, type GeneratorBody } from './actor/generator-actor.js';
export { gracefulStop, type GracefulStopOptions } from './actor/graceful-stop.js';
export type { PoolRouting } from './actor/routing.js';
export { Result } from './actor/result.js';
export type { StatefulActorOptions, StateSnapshot, StateSnapshotOptions } from './actor/state-snapshot.js';
export { StatefulActor, statefulActor, type Reducer } from './actor/stateful-actor.js';
export {
  restart,
  resume,
  stop,
  type Backoff,
  type Directive,
  type RestartDirective,
  type RestartOptions,
  type ResumeDirective,
  type StopDirective,
  type Supervision,
} from './actor/supervision.js';
export type { ActorTimers } from './actor/timers.js';
export { WorkerActor, type TaskValue, type WorkerTask } from './actor/worker-actor.js';
export type { Askable } from './contract/askable.js';
export type { DeadLetter, DeadLetterReason } from './contract/dead-letter.js';
export type { ExchangeTypes } from './contract/exchange-types.js';
export type { ActorFailure, BehaviorFailure, DeliveryFailure } from './contract/failure.js';
export type {
  AttachedEvent,
  ClosedEvent,
  CompletedEvent,
  DeadLetterEvent,
  DetachedEvent,
  FailedEvent,
  Happening,
  InspectionEvent,
  ProcessedEvent,
  PublishedEvent,
  RestartedEvent,
  SentEvent,
  SpawnedEvent,
  StartedEvent,
} from './contract/inspection-event.js';
export type { MarbleEntry } from './contract/marble-entry.js';
export type { MarbleRecording } from './contract/marble-recording.js';
export type { NativeObservable } from './contract/native-observable.js';
export type { Recipient } from './contract/recipient.js';
export type {
  TopicExchangeTypes,
  TopicMessages,
  TopicWords,
  TopicWordsBehind,
  TopicWordsMatch,
} from './contract/topic-types.js';
export { ActorClosedError } from './errors/actor-closed-error.js';
export { ActorError, type ActorErrorCode } from './errors/actor-error.js';
export { ActorExit } from './errors/actor-exit.js';
export { ActorFailedError } from './errors/actor-failed-error.js';
export { AskTimeoutError } from './errors/ask-timeout-error.js';
export { ChildFailedError } from './errors/child-failed-error.js';
export { ExchangeClosedError } from './errors/exchange-closed-error.js';
export { isActorError, type ActorErrors } from './errors/is-actor-error.js';
export { MailboxFullError } from './errors/mailbox-full-error.js';
export { ResultCancelledError } from './errors/result-cancelled-error.js';
export { StashFullError } from './errors/stash-full-error.js';
export { SystemClosedError } from './errors/system-closed-error.js';
export type { AttachOptions } from './exchange/attach-options.js';
export { displayMarbles, type DisplayMarblesOptions } from './exchange/display-marbles.js';
export { DisplayMessages } from './exchange/display-messages.js';
export { Exchange } from './exchange/exchange.js';
export type { ExchangeOptions, NewExchangeOptions } from './exchange/exchange-options.js';
export { ExchangeSubscription } from './exchange/exchange-subscription.js';
export { getExchange } from './exchange/get-exchange.js';
export { getTopicExchange, type TopicsOf } from './exchange/get-topic-exchange.js';
export type { MarbleRecorder } from './exchange/marble-recorder.js';
export type { IterateOptions, MessageIterator } from './exchange/message-iterator.js';
export type { PostTarget } from './exchange/post-target.js';
export { TopicExchange } from './exchange/topic-exchange.js';
export type { TopicMessage } from './exchange/topic-message.js';
export type { SubscribeOptions } from './exchange/subscribe-options.js';
export { askAll } from './operators/ask-all.js';
export { askFirst } from './operators/ask-first.js';
export type { AnswersOf, MessageOfAll } from './operators/scatter.js';
export { askWith } from './operators/ask-with.js';
export { sendTo } from './operators/send-to.js';
export { ActorSystem, type ActorSystemOptions, type CloseOptions } from './system/actor-system.js';
export type { SystemMetrics } from './system/metrics.js';
export type { ExchangeSnapshot, SystemSnapshot } from './system/system-snapshot.js';
export { defaultSystem } from './system/default-system.js';
export { wiretap, type Wiretapped } from './system/wiretap.js';
