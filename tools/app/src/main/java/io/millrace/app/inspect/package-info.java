/**
 * Recorded captures through the decoder and the book as fast as they go: what is in them, whether the books hold, and whether
 * each ticker agrees with the book at the ticker's own update id.
 */
package io.millrace.app.inspect;
