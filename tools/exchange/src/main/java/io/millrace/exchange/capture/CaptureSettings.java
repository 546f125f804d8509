package io.millrace.exchange.capture;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What is played, and how.
 *
 * @param file capture, {@code .jsonl} or {@code .jsonl.gz}.
 * @param exchangeInfo answer to exchangeInfo, {@code .json} or {@code .json.gz}, cut down to the contracts of the capture;
 *     null derives one from the capture's own prices and quantities.
 * @param speed times as fast as it was recorded; 0 plays as fast as the clients read.
 * @param startAfterStreams how many of the capture's streams have to be subscribed before it begins; 0 begins at once.
 * @param hasImpact whether what clients take from the recorded book stays gone until the recording tells the level anew.
 */
public record CaptureSettings(Path file, Path exchangeInfo, double speed, int startAfterStreams, boolean hasImpact) {
    /** Checks the ranges. */
    public CaptureSettings {
        Objects.requireNonNull(file, "the capture's file is missing");
        if (!(speed >= 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("capture speed=" + speed
                    + " is not a number from 0 on, use 1 for the recorded pace or 0 for as fast as the clients read");
        }
        if (startAfterStreams < 0) {
            throw new IllegalArgumentException("capture startAfterStreams=" + startAfterStreams
                    + " is below 0, use 0 to begin without waiting for a client");
        }
    }

    /**
     * Returns a capture played at the pace of its readers from the first subscription on.
     *
     * @param file capture.
     */
    public static CaptureSettings of(Path file) {
        return new CaptureSettings(file, null, 0, 1, false);
    }

    /**
     * Returns the same capture at another speed.
     *
     * @param newSpeed times as fast as it was recorded; 0 plays as fast as the clients read.
     */
    public CaptureSettings withSpeed(double newSpeed) {
        return new CaptureSettings(file, exchangeInfo, newSpeed, startAfterStreams, hasImpact);
    }

    /**
     * Returns the same capture beginning at another moment.
     *
     * @param streams that have to be subscribed before it begins.
     */
    public CaptureSettings withStartAfterStreams(int streams) {
        return new CaptureSettings(file, exchangeInfo, speed, streams, hasImpact);
    }

    /**
     * Returns the same capture with a recorded exchangeInfo.
     *
     * @param newExchangeInfo file, or null to derive one.
     */
    public CaptureSettings withExchangeInfo(Path newExchangeInfo) {
        return new CaptureSettings(file, newExchangeInfo, speed, startAfterStreams, hasImpact);
    }

    /**
     * Returns the same capture with or without the clients' impact on its book.
     *
     * @param isOn whether what clients take stays gone until the recording tells the level anew.
     */
    public CaptureSettings withImpact(boolean isOn) {
        return new CaptureSettings(file, exchangeInfo, speed, startAfterStreams, isOn);
    }
}
