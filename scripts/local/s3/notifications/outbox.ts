// Messages that are still to be published: written in the transaction of the object they tell of, deleted afterwards.
// What a crash interrupts is published at the next start, so a message may come twice but is never lost.
import type { DatabaseSync } from 'node:sqlite';

export interface PendingMessage {
  readonly id: number;
  readonly topicArn: string;
  readonly message: string;
}

export interface Outbox {
  add(topicArn: string, message: string): void;
  topics(): readonly string[];
  /** The oldest messages for one topic, in order. */
  oldest(topicArn: string, limit: number): readonly PendingMessage[];
  /** Deletes the messages of a topic up to and including this one. */
  deleteThrough(topicArn: string, lastId: number): void;
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
    deleteThrough: (topicArn, lastId) => void remove.run(topicArn, lastId),
  };
}
