/**
 * What volume says of price. Volumes in base units; thread and allocation as in {@link io.millrace.engine.indicator}.
 */
package io.millrace.engine.indicator.volume;
