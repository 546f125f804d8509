package io.millrace.app.scenario;

import io.millrace.app.config.Key;
import java.util.List;

/**
 * An account.
 *
 * @param name of the account.
 * @param walletUsdt what it has.
 * @param feeTier of its fees.
 * @param keys that open it.
 * @param leverages leverage and margin type of single contracts.
 */
public record AccountKeys(
        @Key(value = "Name of the account; faults aim at it by this name.", cure = "give each account a name")
        String name,

        @Key(
                value = "What is in the wallet at the opening.",
                byDefault = "10000",
                unit = "USDT",
                min = 0,
                max = 10_000_000_000L)
        double walletUsdt,

        @Key(value = "Tier of its fees.", byDefault = "0", min = 0, max = 9)
        int feeTier,

        @Key("API keys. Made up for this exchange: never write a real one here.")
        List<ApiKeyKeys> keys,

        @Key("Leverage and margin type in single contracts; 20 and crossed where nothing is said.")
        List<LeverageKeys> leverages) {

    /**
     * An API key.
     *
     * @param key what requests carry.
     * @param type of its signatures.
     * @param secret of HMAC.
     * @param publicKey of Ed25519 and RSA.
     * @param permission what it may do.
     */
    public record ApiKeyKeys(
            @Key(value = "What requests carry in `X-MBX-APIKEY`.", cure = "make one up, letters and digits")
            String key,

            @Key(
                    value = "How its requests are signed.",
                    byDefault = "HMAC",
                    oneOf = {"HMAC", "ED25519", "RSA"})
            String type,

            @Key(value = "Shared secret of an HMAC key.", byDefault = "''", mayBeEmpty = true)
            String secret,

            @Key(
                    value = "Public key of an Ed25519 or RSA key, PEM, `-----BEGIN PUBLIC KEY-----` and so on.",
                    byDefault = "''",
                    mayBeEmpty = true)
            String publicKey,

            @Key(
                    value = "What it may do: `trade`, or only `read`.",
                    byDefault = "trade",
                    oneOf = {"read", "trade"})
            String permission) {}

    /**
     * Leverage and margin type in a contract.
     *
     * @param symbol which contract.
     * @param leverage of positions.
     * @param marginType of positions.
     */
    public record LeverageKeys(
            @Key(value = "The contract.", cure = "name a contract of the market")
            String symbol,

            @Key(value = "Leverage, up to the highest of the contract.", byDefault = "20", min = 1, max = 125)
            int leverage,

            @Key(
                    value = "Whether the wallet or a margin of its own stands behind a position.",
                    byDefault = "CROSSED",
                    oneOf = {"CROSSED", "ISOLATED"})
            String marginType) {}
}
