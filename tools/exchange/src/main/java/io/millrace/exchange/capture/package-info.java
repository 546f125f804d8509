/**
 * A recorded market: files of lines {@code receive time in epoch ns, space, frame}, plain or gzipped, played back as the
 * venue's streams. The file is read twice: once before the start, to find its contracts, their grids and the snapshots in
 * it, and once as it is played.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Allocation:</b> ordinary; diffs are parsed to keep the venue's book.
 */
package io.millrace.exchange.capture;
