package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.venue.FeeTier;
import io.millrace.exchange.venue.MarginBracket;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;

/** Writes accounts as the venue does. */
final class AccountJson {
    static final String ASSET = "USDT";
    static final String BOTH = "BOTH";
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

    static void totals(Fields fields, AccountPort.Balance balance) {
        fields.text("totalInitialMargin", PositionJson.fixed(balance.positionInitial() + balance.orderInitial()))
                .text("totalMaintMargin", PositionJson.fixed(balance.maintenance()))
                .text("totalWalletBalance", PositionJson.fixed(balance.wallet()))
                .text("totalUnrealizedProfit", PositionJson.fixed(balance.unrealized()))
                .text("totalMarginBalance", PositionJson.fixed(balance.wallet() + balance.unrealized()))
                .text("totalPositionInitialMargin", PositionJson.fixed(balance.positionInitial()))
                .text("totalOpenOrderInitialMargin", PositionJson.fixed(balance.orderInitial()))
                .text("totalCrossWalletBalance", PositionJson.fixed(balance.crossWallet()))
                .text("totalCrossUnPnl", PositionJson.fixed(balance.crossUnrealized()))
                .text("availableBalance", PositionJson.fixed(balance.available()))
                .text("maxWithdrawAmount", PositionJson.fixed(balance.maxWithdraw()));
    }

    void assets(Fields account, AccountPort.Balance balance, boolean isOld) {
        JsonWriter out = account.begin("assets").raw('[');
        Fields fields = new Fields(out)
                .text("asset", ASSET)
                .text("walletBalance", PositionJson.fixed(balance.wallet()))
                .text("unrealizedProfit", PositionJson.fixed(balance.unrealized()))
                .text("marginBalance", PositionJson.fixed(balance.wallet() + balance.unrealized()))
                .text("maintMargin", PositionJson.fixed(balance.maintenance()))
                .text("initialMargin", PositionJson.fixed(balance.positionInitial() + balance.orderInitial()))
                .text("positionInitialMargin", PositionJson.fixed(balance.positionInitial()))
                .text("openOrderInitialMargin", PositionJson.fixed(balance.orderInitial()))
                .text("crossWalletBalance", PositionJson.fixed(balance.crossWallet()))
                .text("crossUnPnl", PositionJson.fixed(balance.crossUnrealized()))
                .text("availableBalance", PositionJson.fixed(balance.available()))
                .text("maxWithdrawAmount", PositionJson.fixed(balance.maxWithdraw()));
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
                .text("balance", PositionJson.fixed(balance.wallet()))
                .text("crossWalletBalance", PositionJson.fixed(balance.crossWallet()))
                .text("crossUnPnl", PositionJson.fixed(balance.crossUnrealized()))
                .text("availableBalance", PositionJson.fixed(balance.available()))
                .text("maxWithdrawAmount", PositionJson.fixed(balance.maxWithdraw()))
                .flag("marginAvailable", true)
                .number("updateTime", balance.updateTimeMs())
                .end();
        out.raw(']');
    }

    void income(JsonWriter out, AccountPort.Income income) {
        new Fields(out)
                .text("symbol", income.symbol() < 0 ? "" : spec(income.symbol()).symbol())
                .text("incomeType", income.type())
                .text("income", PositionJson.fixed(income.amount()))
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
