/**
 * Values that all modules share: grids of prices and quantities, instruments and the table that finds them by symbol.
 */
package io.millrace.codecs.value;
