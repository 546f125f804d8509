package io.millrace.gateway.marketdata;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.event.FundingHistoryEncoder;
import io.millrace.codecs.event.FundingInfoEncoder;
import io.millrace.codecs.event.InsuranceFundEncoder;
import io.millrace.codecs.event.LongShortRatioEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OpenInterestEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.gateway.control.ControlOutbox;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/** Turns the venue's answers about a contract into events and publishes them. A number that is none is an {@link ArithmeticException}. */
final class StatisticsEvents {
    /** Rates in one event: what fits into the shortest slot. */
    private static final int RATES = 24;

    private static final int FRAME = MessageHeaderEncoder.ENCODED_LENGTH;

    private final ControlOutbox outbox;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();

    StatisticsEvents(ControlOutbox outbox) {
        this.outbox = outbox;
    }

    /** {@code {"openInterest":"10659.509","symbol":"BTCUSDT","time":1589437530011}}. */
    void openInterest(int instrumentId, long ingressNs, JsonNode answer) {
        BigDecimal interest = decimal(answer.path("openInterest")).stripTrailingZeros();
        OpenInterestEncoder encoder = new OpenInterestEncoder().wrapAndApplyHeader(buffer, 0, frame);
        encoder.openInterest()
                .mantissa(interest.unscaledValue().longValueExact())
                .exponent((byte) -interest.scale());
        publish(instrumentId, ingressNs, answer.path("time").asLong(), encoder.encodedLength());
    }

    /** Rows of {@code longAccount}, {@code shortAccount}, {@code timestamp}; the last one counts. */
    void longShort(int instrumentId, long ingressNs, JsonNode answer) {
        if (answer.size() > 0) {
            JsonNode row = answer.get(answer.size() - 1);
            LongShortRatioEncoder encoder = new LongShortRatioEncoder()
                    .wrapAndApplyHeader(buffer, 0, frame)
                    .longShareE8(e8(row.path("longAccount")))
                    .shortShareE8(e8(row.path("shortAccount")));
            publish(instrumentId, ingressNs, row.path("timestamp").asLong(), encoder.encodedLength());
        }
    }

    /** Rows of {@code fundingTime} and {@code fundingRate}, oldest first; special ones are not of the timetable and left out. */
    void fundingHistory(int instrumentId, long ingressNs, JsonNode answer) {
        for (int from = 0; from < answer.size(); from += RATES) {
            int count = 0;
            int end = Math.min(answer.size(), from + RATES);
            for (int i = from; i < end; i++) {
                count += isRegular(answer.get(i)) ? 1 : 0;
            }
            FundingHistoryEncoder encoder = new FundingHistoryEncoder().wrapAndApplyHeader(buffer, 0, frame);
            FundingHistoryEncoder.RatesEncoder rates = encoder.ratesCount(count);
            for (int i = from; i < end; i++) {
                JsonNode row = answer.get(i);
                if (isRegular(row)) {
                    rates.next().fundingTimeMs(row.path("fundingTime").asLong()).rateE8(e8(row.path("fundingRate")));
                }
            }
            if (count > 0) {
                publish(instrumentId, ingressNs, 0, encoder.encodedLength());
            }
        }
    }

    private static boolean isRegular(JsonNode row) {
        return "Regular".equals(row.path("rateType").asText("Regular"));
    }

    /** Rows of {@code symbol}, {@code fundingIntervalHours}, cap and floor, for contracts with rules of their own. */
    void fundingInfo(Map<String, Integer> ids, long ingressNs, JsonNode answer) {
        for (JsonNode row : answer) {
            Integer id = ids.get(row.path("symbol").asText());
            if (id != null) {
                FundingInfoEncoder encoder = new FundingInfoEncoder()
                        .wrapAndApplyHeader(buffer, 0, frame)
                        .capE8(e8(row.path("adjustedFundingRateCap")))
                        .floorE8(e8(row.path("adjustedFundingRateFloor")))
                        .intervalHours(row.path("fundingIntervalHours").asInt());
                publish(id, ingressNs, 0, encoder.encodedLength());
            }
        }
    }

    /** Groups of {@code symbols} with their {@code assets}; the largest balance of a group stands for it. */
    void insuranceFund(Map<String, Integer> ids, long ingressNs, JsonNode answer) {
        for (JsonNode group : answer) {
            BigDecimal balance = BigDecimal.ZERO;
            long timeMs = 0;
            for (JsonNode asset : group.path("assets")) {
                BigDecimal own = decimal(asset.path("marginBalance"));
                if (own.compareTo(balance) > 0) {
                    balance = own;
                    timeMs = asset.path("updateTime").asLong();
                }
            }
            for (JsonNode symbol : group.path("symbols")) {
                Integer id = ids.get(symbol.asText());
                if (id != null) {
                    InsuranceFundEncoder encoder = new InsuranceFundEncoder()
                            .wrapAndApplyHeader(buffer, 0, frame)
                            .balanceE8(e8(balance));
                    publish(id, ingressNs, timeMs, encoder.encodedLength());
                }
            }
        }
    }

    private void publish(int instrumentId, long ingressNs, long timeMs, int encodedLength) {
        int length = FRAME + encodedLength;
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, Producers.REST);
        EventHeader.instrumentId(buffer, 0, instrumentId);
        EventHeader.gridVersion(buffer, 0, 0);
        EventHeader.connectionId(buffer, 0, 0);
        EventHeader.eventTimeMs(buffer, 0, timeMs);
        EventHeader.transactTimeMs(buffer, 0, timeMs);
        EventHeader.ingressNs(buffer, 0, ingressNs);
        outbox.publish(buffer, 0, length);
    }

    private static BigDecimal decimal(JsonNode value) {
        try {
            return new BigDecimal(value.asText());
        } catch (NumberFormatException e) {
            ArithmeticException wrong = new ArithmeticException("'" + value.asText() + "' is no number");
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static long e8(JsonNode value) {
        return e8(decimal(value));
    }

    private static long e8(BigDecimal value) {
        return value.movePointRight(8).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
}
