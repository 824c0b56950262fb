// Messages that are owed to a topic: written in the transaction of the object they tell of, deleted once published.
// What a crash interrupts is published again at the next start, so a message may come twice but never not at all.
import type { DatabaseSync } from 'node:sqlite';

export interface OwedMessage {
  readonly id: number;
  readonly topicArn: string;
  readonly message: string;
}

export interface Outbox {
  add(topicArn: string, message: string): void;
  topics(): readonly string[];
  /** The oldest messages for one topic, in order. */
  oldest(topicArn: string, limit: number): readonly OwedMessage[];
  /** Forgets the messages of a topic up to and including this one. */
  settle(topicArn: string, lastId: number): void;
}

/** The outbox of an open database. */
export function openOutbox(database: DatabaseSync): Outbox {
  const insert = database.prepare('INSERT INTO outbox (topic_arn, message) VALUES (?, ?)');
  const distinct = database.prepare('SELECT DISTINCT topic_arn FROM outbox');
  const select = database.prepare('SELECT id, message FROM outbox WHERE topic_arn = ? ORDER BY id LIMIT ?');
  const remove = database.prepare('DELETE FROM outbox WHERE topic_arn = ? AND id <= ?');
  return {
    add: (topicArn, message) => void insert.run(topicArn, message),
    topics: () => distinct.all().map((row) => String(row['topic_arn'])),
    oldest: (topicArn, limit) =>
      select.all(topicArn, limit).map((row) => {
        return { id: Number(row['id']), topicArn, message: String(row['message']) };
      }),
    settle: (topicArn, lastId) => void remove.run(topicArn, lastId),
  };
}
