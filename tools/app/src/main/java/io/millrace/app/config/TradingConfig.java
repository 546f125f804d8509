package io.millrace.app.config;

import java.net.URI;

/**
 * Trading: on which account, how much, and what becomes of differences.
 *
 * @param mode where orders go.
 * @param liveStatement what has to be said for {@code live}.
 * @param privateUri base of the route for the account's stream.
 * @param wsApiUri the WebSocket API.
 * @param keyFile of the trading key.
 * @param readKeyFile of the key that only reads.
 * @param maxOrderNotional largest entry.
 * @param maxTotalNotional largest sum of positions and entries.
 * @param maxOpenEntries most entries that have not ended.
 * @param leverage of each instrument before its first entry.
 * @param marginType of each instrument before its first entry.
 * @param receiveWindowMs how old a request may be when the venue reads it.
 * @param auditSeconds from one comparison with the venue to the next.
 * @param countdownSeconds the venue cancels resting entries so long after the last sign of life.
 * @param retainSeconds how long finished orders are remembered.
 * @param unexpectedOrders what becomes of open orders with our name that the journal does not have as open.
 * @param foreignOrders what becomes of open orders of others.
 * @param positions what becomes of positions that no fill explains.
 * @param onStop what an orderly stop leaves.
 * @param ledgerFile memory that the rate limits are shared by.
 * @param lockDirectory where it is seen that an account is in use.
 * @param probe the probe strategy.
 */
public record TradingConfig(
        @Key(
                value = "Where orders go. `none`: nowhere. `paper`: to a simulated exchange inside this process. "
                        + "`testnet` and `live`: to the venue that `venue` and the two addresses below name.",
                byDefault = "none",
                oneOf = {"none", "paper", "testnet", "live"})
        String mode,

        @Key(
                value = "`live` needs this sentence, with the number of `maxTotalNotional`: "
                        + "`trade real money, at most N USDT`.",
                byDefault = "''",
                mayBeEmpty = true)
        String liveStatement,

        @Key(
                value = "Base of the WebSocket route for the account's stream.",
                byDefault = "wss://fstream.binance.com/private",
                schemes = {"wss", "ws"})
        URI privateUri,

        @Key(
                value = "The WebSocket API, the fast way for orders.",
                byDefault = "wss://ws-fapi.binance.com/ws-fapi/v1",
                schemes = {"wss", "ws"})
        URI wsApiUri,

        @Key(
                value = "File of the trading key, mode 600: a line `key = …`, and a line `secret = …` or a private key"
                        + " in PEM form. Empty: `MILLRACE_TRADING_KEY` and `MILLRACE_TRADING_SECRET` of the"
                        + " environment.",
                byDefault = "''",
                mayBeEmpty = true)
        String keyFile,

        @Key(
                value = "File of the key that only reads, for queries and audits. Empty: `MILLRACE_READING_KEY` and "
                        + "`MILLRACE_READING_SECRET`; where there are none, the trading key.",
                byDefault = "''",
                mayBeEmpty = true)
        String readKeyFile,

        @Key(value = "Largest notional of one entry.", byDefault = "100", unit = "USDT", min = 0, max = 1_000_000_000)
        long maxOrderNotional,

        @Key(
                value = "The capital cap: largest sum of all positions and resting entries. Orders that only reduce"
                        + " are never held back by it.",
                byDefault = "1000",
                unit = "USDT",
                min = 0,
                max = 1_000_000_000)
        long maxTotalNotional,

        @Key(
                value = "Most entries that have not ended, over all instruments.",
                byDefault = "16",
                unit = "orders",
                min = 0,
                max = 4096)
        int maxOpenEntries,

        @Key(
                value = "Leverage that each instrument is set to before the first entry in it.",
                byDefault = "5",
                min = 1,
                max = 125)
        int leverage,

        @Key(
                value = "Margin type that each instrument is set to before the first entry in it.",
                byDefault = "crossed",
                oneOf = {"crossed", "isolated"})
        String marginType,

        @Key(
                value = "How old a request may be when the venue reads it. It bounds how long an order can be unknown.",
                byDefault = "2000",
                unit = "ms",
                min = 100,
                max = 60_000)
        int receiveWindowMs,

        @Key(
                value = "From one comparison of orders, positions and balances with the venue to the next.",
                byDefault = "60",
                unit = "s",
                min = 1,
                max = 3600)
        int auditSeconds,

        @Key(
                value = "The venue itself cancels resting entries so long after the last sign of life of this process;"
                        + " 0 switches that off.",
                byDefault = "60",
                unit = "s",
                min = 0,
                max = 3600)
        int countdownSeconds,

        @Key(
                value = "How long the engine remembers an order that has ended, so that late news of it finds it. Each"
                        + " new order costs a little more the more are remembered.",
                byDefault = "10",
                unit = "s",
                min = 1,
                max = 3600)
        int retainSeconds,

        @Key(
                value = "Open orders with our name that the journal does not have as open.",
                byDefault = "cancel",
                oneOf = {"adopt", "cancel", "halt"})
        String unexpectedOrders,

        @Key(
                value = "Open orders of others on the account.",
                byDefault = "halt",
                oneOf = {"note", "cancel", "halt"})
        String foreignOrders,

        @Key(
                value = "Positions that no fill explains.",
                byDefault = "adopt",
                oneOf = {"adopt", "flatten", "halt"})
        String positions,

        @Key(
                value = "What an orderly stop leaves: entries are cancelled and stops stay, or everything is closed.",
                byDefault = "protected",
                oneOf = {"protected", "flat"})
        String onStop,

        @Key(
                value = "File that processes on one address share their count of the rate limits by. Empty: this"
                        + " process counts alone.",
                byDefault = "''",
                mayBeEmpty = true)
        String ledgerFile,

        @Key(
                value = "Directory by which processes of this machine see that an account is in use already. Empty: "
                        + "`.millrace/locks` in the user's home. `paper` needs none.",
                byDefault = "''",
                mayBeEmpty = true)
        String lockDirectory,

        @Key("The probe strategy: answers chosen events with an order, to try the way of orders.")
        ProbeConfig probe) {

    /** Returns whether there are orders at all. */
    public boolean hasAccount() {
        return !mode.equals("none");
    }

    /** Returns the sentence that {@code live} asks for. */
    public String requiredStatement() {
        return "trade real money, at most " + maxTotalNotional + " USDT";
    }
}
