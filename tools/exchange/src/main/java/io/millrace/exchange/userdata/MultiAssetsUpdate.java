package io.millrace.exchange.userdata;

/**
 * The multi-assets mode changed: ACCOUNT_CONFIG_UPDATE with {@code ai}.
 *
 * @param timeMs when, epoch milliseconds.
 * @param isMultiAssets whether all assets are margin from now on.
 */
public record MultiAssetsUpdate(long timeMs, boolean isMultiAssets) implements PrivateEvent {
    @Override
    public PrivateEventType kind() {
        return PrivateEventType.ACCOUNT_CONFIG_UPDATE;
    }
}
