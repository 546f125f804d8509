/**
 * One queue of a journal on disk: the format of a record, the writer on Chronicle Queue, a cursor that reads the segment
 * files directly, the check and repair of a tail that a crash left, and the allocation of segments ahead of the writer.
 *
 * <p><b>Threads:</b> a writer belongs to one agent, the preparation to a thread of the journal's own, a cursor to whoever
 * made it. <b>Allocation:</b> none per record in writer and cursor.
 */
package io.millrace.journal.segment;
