/** What the journal costs beside bare Chronicle. */
package io.millrace.bench.journal;
