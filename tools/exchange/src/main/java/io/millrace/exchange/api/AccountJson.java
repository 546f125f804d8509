package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.venue.FeeTier;
import io.millrace.exchange.venue.MarginBracket;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.util.List;

/** Writes accounts and positions as the venue does. */
final class AccountJson {
    private static final String ASSET = "USDT";
    private static final String BOTH = "BOTH";
    private static final int E8_DECIMALS = 8;
    private static final int RATE_DECIMALS = 4;

    private final TradingPort venue;
    private final AccountPort accounts;

    AccountJson(TradingPort venue, AccountPort accounts) {
        this.venue = venue;
        this.accounts = accounts;
    }

    private SymbolSpec spec(int symbol) {
        return venue.rules(symbol).spec();
    }

    /** Writes money with all its decimals, zero too. */
    private static String fixed(long e8) {
        return BigDecimal.valueOf(e8, E8_DECIMALS).toPlainString();
    }

    static void totals(Fields fields, AccountPort.Balance balance) {
        fields.text("totalInitialMargin", fixed(balance.positionInitial() + balance.orderInitial()))
                .text("totalMaintMargin", fixed(balance.maintenance()))
                .text("totalWalletBalance", fixed(balance.wallet()))
                .text("totalUnrealizedProfit", fixed(balance.unrealized()))
                .text("totalMarginBalance", fixed(balance.wallet() + balance.unrealized()))
                .text("totalPositionInitialMargin", fixed(balance.positionInitial()))
                .text("totalOpenOrderInitialMargin", fixed(balance.orderInitial()))
                .text("totalCrossWalletBalance", fixed(balance.crossWallet()))
                .text("totalCrossUnPnl", fixed(balance.crossUnrealized()))
                .text("availableBalance", fixed(balance.available()))
                .text("maxWithdrawAmount", fixed(balance.maxWithdraw()));
    }

    void assets(Fields account, AccountPort.Balance balance, boolean isOld) {
        JsonWriter out = account.begin("assets").raw('[');
        Fields fields = new Fields(out)
                .text("asset", ASSET)
                .text("walletBalance", fixed(balance.wallet()))
                .text("unrealizedProfit", fixed(balance.unrealized()))
                .text("marginBalance", fixed(balance.wallet() + balance.unrealized()))
                .text("maintMargin", fixed(balance.maintenance()))
                .text("initialMargin", fixed(balance.positionInitial() + balance.orderInitial()))
                .text("positionInitialMargin", fixed(balance.positionInitial()))
                .text("openOrderInitialMargin", fixed(balance.orderInitial()))
                .text("crossWalletBalance", fixed(balance.crossWallet()))
                .text("crossUnPnl", fixed(balance.crossUnrealized()))
                .text("availableBalance", fixed(balance.available()))
                .text("maxWithdrawAmount", fixed(balance.maxWithdraw()));
        if (isOld) {
            fields.flag("marginAvailable", true);
        }
        fields.number("updateTime", balance.updateTimeMs()).end();
        out.raw(']');
    }

    void balances(JsonWriter out, int accountId) {
        AccountPort.Balance balance = accounts.balance(accountId);
        out.raw('[');
        new Fields(out)
                .text("accountAlias", "sim" + accountId)
                .text("asset", ASSET)
                .text("balance", fixed(balance.wallet()))
                .text("crossWalletBalance", fixed(balance.crossWallet()))
                .text("crossUnPnl", fixed(balance.crossUnrealized()))
                .text("availableBalance", fixed(balance.available()))
                .text("maxWithdrawAmount", fixed(balance.maxWithdraw()))
                .flag("marginAvailable", true)
                .number("updateTime", balance.updateTimeMs())
                .end();
        out.raw(']');
    }

    void accountPosition(JsonWriter out, AccountPort.Position position) {
        SymbolSpec spec = spec(position.symbol());
        new Fields(out)
                .text("symbol", spec.symbol())
                .text("positionSide", BOTH)
                .text("positionAmt", Decimals.qty(position.lots(), spec))
                .text("unrealizedProfit", fixed(position.unrealized()))
                .text("isolatedMargin", fixed(position.isolatedMargin()))
                .text("notional", fixed(position.notional()))
                .text("isolatedWallet", fixed(position.isolatedWallet()))
                .text("initialMargin", fixed(position.positionInitial() + position.orderInitial()))
                .text("maintMargin", fixed(position.maintenance()))
                .number("updateTime", position.updateTimeMs())
                .end();
    }

    void oldAccountPosition(JsonWriter out, AccountPort.Position position) {
        SymbolSpec spec = spec(position.symbol());
        new Fields(out)
                .text("symbol", spec.symbol())
                .text("initialMargin", Decimals.money(position.positionInitial() + position.orderInitial()))
                .text("maintMargin", Decimals.money(position.maintenance()))
                .text("unrealizedProfit", fixed(position.unrealized()))
                .text("positionInitialMargin", Decimals.money(position.positionInitial()))
                .text("openOrderInitialMargin", Decimals.money(position.orderInitial()))
                .text("leverage", String.valueOf(position.leverage()))
                .flag("isolated", position.isIsolated())
                .text("entryPrice", Decimals.exactPrice(position.entryPrice(), spec))
                .text("breakEvenPrice", Decimals.exactPrice(position.breakEvenPrice(), spec))
                .text("maxNotional", Decimals.rate(position.maxNotional(), 0))
                .text("bidNotional", Decimals.money(position.bidNotional()))
                .text("askNotional", Decimals.money(position.askNotional()))
                .text("positionSide", BOTH)
                .text("positionAmt", Decimals.qty(position.lots(), spec))
                .text("notional", Decimals.money(position.notional()))
                .text("isolatedWallet", Decimals.money(position.isolatedWallet()))
                .number("updateTime", position.updateTimeMs())
                .end();
    }

    void positionRisk(JsonWriter out, AccountPort.Position position) {
        SymbolSpec spec = spec(position.symbol());
        new Fields(out)
                .text("symbol", spec.symbol())
                .text("positionSide", BOTH)
                .text("positionAmt", Decimals.qty(position.lots(), spec))
                .text("entryPrice", Decimals.exactPrice(position.entryPrice(), spec))
                .text("breakEvenPrice", Decimals.exactPrice(position.breakEvenPrice(), spec))
                .text("markPrice", fixed(position.markPrice()))
                .text("unRealizedProfit", fixed(position.unrealized()))
                .text("liquidationPrice", Decimals.exactPrice(position.liquidationPrice(), spec))
                .text("isolatedMargin", Decimals.money(position.isolatedMargin()))
                .text("notional", Decimals.money(position.notional()))
                .text("marginAsset", ASSET)
                .text("isolatedWallet", Decimals.money(position.isolatedWallet()))
                .text("initialMargin", Decimals.money(position.positionInitial() + position.orderInitial()))
                .text("maintMargin", Decimals.money(position.maintenance()))
                .text("positionInitialMargin", Decimals.money(position.positionInitial()))
                .text("openOrderInitialMargin", Decimals.money(position.orderInitial()))
                .number("adl", position.adl())
                .text("bidNotional", Decimals.money(position.bidNotional()))
                .text("askNotional", Decimals.money(position.askNotional()))
                .number("updateTime", position.updateTimeMs())
                .end();
    }

    void oldPositionRisk(JsonWriter out, AccountPort.Position position) {
        SymbolSpec spec = spec(position.symbol());
        new Fields(out)
                .text("symbol", spec.symbol())
                .text("positionAmt", Decimals.qty(position.lots(), spec))
                .text("entryPrice", Decimals.exactPrice(position.entryPrice(), spec))
                .text("breakEvenPrice", Decimals.exactPrice(position.breakEvenPrice(), spec))
                .text("markPrice", fixed(position.markPrice()))
                .text("unRealizedProfit", fixed(position.unrealized()))
                .text("liquidationPrice", Decimals.exactPrice(position.liquidationPrice(), spec))
                .text("leverage", String.valueOf(position.leverage()))
                .text("maxNotionalValue", Decimals.rate(position.maxNotional(), 0))
                .text("marginType", position.isIsolated() ? "isolated" : "cross")
                .text("isolatedMargin", fixed(position.isolatedMargin()))
                .text("isAutoAddMargin", "false")
                .text("positionSide", BOTH)
                .text("notional", Decimals.money(position.notional()))
                .text("isolatedWallet", Decimals.money(position.isolatedWallet()))
                .number("updateTime", position.updateTimeMs())
                .end();
    }

    void symbolConfig(JsonWriter out, AccountPort.Position position) {
        new Fields(out)
                .text("symbol", spec(position.symbol()).symbol())
                .text("marginType", position.isIsolated() ? "ISOLATED" : "CROSSED")
                .flag("isAutoAddMargin", false)
                .number("leverage", position.leverage())
                .text("maxNotionalValue", Decimals.rate(position.maxNotional(), 0))
                .end();
    }

    void income(JsonWriter out, AccountPort.Income income) {
        new Fields(out)
                .text("symbol", income.symbol() < 0 ? "" : spec(income.symbol()).symbol())
                .text("incomeType", income.type())
                .text("income", fixed(income.amount()))
                .text("asset", ASSET)
                .text("info", income.info())
                .number("time", income.timeMs())
                .number("tranId", income.transactionId())
                .text("tradeId", income.tradeId() == 0 ? "" : String.valueOf(income.tradeId()))
                .end();
    }

    /** Writes an indicator of the quantitative rules, which nobody has violated. */
    static void indicator(JsonWriter out, String indicator) {
        new Fields(out)
                .flag("isLocked", false)
                .number("plannedRecoverTime", 0)
                .text("indicator", indicator)
                .number("value", "0.0")
                .number("triggerValue", indicator.equals("UFR") ? "0.995" : "0.99")
                .end();
    }

    void adlQuantile(JsonWriter out, AccountPort.Position position) {
        Fields fields = new Fields(out).text("symbol", spec(position.symbol()).symbol());
        fields.begin("adlQuantile");
        new Fields(out)
                .number("LONG", 0)
                .number("SHORT", 0)
                .number(BOTH, position.adl())
                .end();
        fields.end();
    }

    void brackets(JsonWriter out, int symbol) {
        Fields fields = new Fields(out).text("symbol", spec(symbol).symbol());
        fields.begin("brackets");
        List<MarginBracket> brackets = venue.rules(symbol).brackets().brackets();
        OrderQueries.write(out, brackets, AccountJson::bracket);
        fields.end();
    }

    private static void bracket(JsonWriter out, MarginBracket bracket) {
        new Fields(out)
                .number("bracket", bracket.number())
                .number("initialLeverage", bracket.maxLeverage())
                .number("notionalCap", Decimals.rate(bracket.capE8(), 0))
                .number("notionalFloor", Decimals.rate(bracket.floorE8(), 0))
                .number("maintMarginRatio", Decimals.rate(bracket.maintenanceRateE8(), 1))
                .number("cum", Decimals.rate(bracket.cumE8(), 1))
                .end();
    }

    void commissionRate(JsonWriter out, int accountId, int symbol) {
        FeeTier fee = venue.rules(symbol).fee(accounts.feeTier(accountId));
        new Fields(out)
                .text("symbol", spec(symbol).symbol())
                .text("makerCommissionRate", Decimals.rate(fee.makerE8(), RATE_DECIMALS))
                .text("takerCommissionRate", Decimals.rate(fee.takerE8(), RATE_DECIMALS))
                .text("rpiCommissionRate", Decimals.rate(fee.rpiE8(), RATE_DECIMALS))
                .end();
    }
}
