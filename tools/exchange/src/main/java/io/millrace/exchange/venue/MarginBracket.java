package io.millrace.exchange.venue;

/**
 * One step of a contract's bracket table: positions whose notional is from the floor (inclusive) to the cap (exclusive).
 *
 * @param number of the bracket, 1 for the smallest positions.
 * @param maxLeverage highest leverage.
 * @param floorE8 least notional in 1e-8 of the quote asset.
 * @param capE8 notional from which the next bracket holds.
 * @param maintenanceRateE8 maintenance margin for each unit of notional, at 1e-8.
 * @param cumE8 what is taken off notional x rate, in 1e-8 of the quote asset.
 */
public record MarginBracket(
        int number, int maxLeverage, long floorE8, long capE8, long maintenanceRateE8, long cumE8) {}
