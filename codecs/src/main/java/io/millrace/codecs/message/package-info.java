/**
 * The part that all messages share: the fixed header at their front, read and written by offset so that a stage can look
 * at any message before it knows its type. The generated codecs of {@code io.millrace.codecs.event} describe the same
 * bytes; a test holds the two together.
 */
package io.millrace.codecs.message;
