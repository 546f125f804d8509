/** What others would write: implementations that exist only to be measured against. */
package io.millrace.bench.peer;
