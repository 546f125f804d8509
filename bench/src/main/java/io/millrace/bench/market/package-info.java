/**
 * What the market-data path costs: decoding by message type, and decode plus book on a recorded capture, beside a plain
 * byte scan of the same bytes and Jackson with a sorted map. The unit is one message of the venue's.
 */
package io.millrace.bench.market;
