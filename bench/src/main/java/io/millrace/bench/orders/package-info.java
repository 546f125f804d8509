/** Order requests: writing and signing them, beside bare copies and bare signatures. */
package io.millrace.bench.orders;
