/** What commands print with: exit codes, one-line failures, progress on standard error, JSON, tables. */
package io.millrace.app.terminal;
