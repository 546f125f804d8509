/**
 * Journals of events on disk, the reader that plays them back, and snapshots. Depends on the codecs alone and meets the
 * engine through the two ports defined there.
 */
package io.millrace.journal;
