package io.millrace.exchange.matching;

import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.OrderEvents;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.RiskPort;
import io.millrace.exchange.venue.ContractRules;
import java.util.function.IntFunction;

/**
 * What matching is wired to.
 *
 * @param market of all contracts.
 * @param prices mark prices.
 * @param risk the accounts.
 * @param events told what becomes of orders.
 * @param rules of a contract by its index as they are now, null if it is not listed.
 */
public record TradingPorts(
        MarketPort market, PricePort prices, RiskPort risk, OrderEvents events, IntFunction<ContractRules> rules) {}
