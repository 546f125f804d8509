package io.millrace.codecs.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codecs.event.AggTradeDecoder;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.DepthSnapshotDecoder;
import io.millrace.codecs.event.EventHeaderDecoder;
import io.millrace.codecs.event.EventHeaderEncoder;
import io.millrace.codecs.event.GroupSizeEncodingDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.TradeDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EventHeaderTest {
    private static final int FRAME = MessageHeaderDecoder.ENCODED_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);

    @Test
    void shouldStandWhereTheSchemaPutsEachField() {
        assertEquals(MessageHeaderDecoder.blockLengthEncodingOffset(), EventHeader.BLOCK_LENGTH_OFFSET);
        assertEquals(MessageHeaderDecoder.templateIdEncodingOffset(), EventHeader.TEMPLATE_ID_OFFSET);
        assertEquals(MessageHeaderDecoder.schemaIdEncodingOffset(), EventHeader.SCHEMA_ID_OFFSET);
        assertEquals(MessageHeaderDecoder.versionEncodingOffset(), EventHeader.VERSION_OFFSET);
        assertEquals(FRAME + EventHeaderDecoder.lengthEncodingOffset(), EventHeader.LENGTH_OFFSET);
        assertEquals(FRAME + EventHeaderDecoder.flagsEncodingOffset(), EventHeader.FLAGS_OFFSET);
        assertEquals(FRAME + EventHeaderDecoder.producerEncodingOffset(), EventHeader.PRODUCER_OFFSET);
        assertEquals(FRAME + EventHeaderDecoder.instrumentIdEncodingOffset(), EventHeader.INSTRUMENT_ID_OFFSET);
        assertEquals(FRAME + EventHeaderDecoder.gridVersionEncodingOffset(), EventHeader.GRID_VERSION_OFFSET);
        assertEquals(FRAME + EventHeaderDecoder.connectionIdEncodingOffset(), EventHeader.CONNECTION_ID_OFFSET);
        assertEquals(FRAME + EventHeaderDecoder.eventTimeMsEncodingOffset(), EventHeader.EVENT_TIME_MS_OFFSET);
        assertEquals(FRAME + EventHeaderDecoder.transactTimeMsEncodingOffset(), EventHeader.TRANSACT_TIME_MS_OFFSET);
        assertEquals(FRAME + EventHeaderDecoder.ingressNsEncodingOffset(), EventHeader.INGRESS_NS_OFFSET);
        assertEquals(FRAME + EventHeaderDecoder.ENCODED_LENGTH, EventHeader.BODY_OFFSET);
        assertEquals(EventHeaderDecoder.ENCODED_LENGTH, BookTickerDecoder.updateIdEncodingOffset());
    }

    @Test
    void shouldReadWhatTheGeneratedEncoderWrote() {
        new EventHeaderEncoder()
                .wrap(buffer, 16 + FRAME)
                .length(0x7FFF_FFFF)
                .flags(0xFFFE)
                .producer((short) 0xFD)
                .instrumentId(-5)
                .gridVersion(0xFFFC)
                .connectionId(0xFFFB)
                .eventTimeMs(Long.MIN_VALUE)
                .transactTimeMs(Long.MAX_VALUE)
                .ingressNs(-1);
        assertEquals(0x7FFF_FFFF, EventHeader.length(buffer, 16));
        assertEquals(0xFFFE, EventHeader.flags(buffer, 16));
        assertEquals(0xFD, EventHeader.producer(buffer, 16));
        assertEquals(-5, EventHeader.instrumentId(buffer, 16));
        assertEquals(0xFFFC, EventHeader.gridVersion(buffer, 16));
        assertEquals(0xFFFB, EventHeader.connectionId(buffer, 16));
        assertEquals(Long.MIN_VALUE, EventHeader.eventTimeMs(buffer, 16));
        assertEquals(Long.MAX_VALUE, EventHeader.transactTimeMs(buffer, 16));
        assertEquals(-1, EventHeader.ingressNs(buffer, 16));
    }

    @Test
    void shouldWriteWhatTheGeneratedDecoderReads() {
        EventHeader.putFrame(buffer, 8, 0xFFF1, 0xFFF2, 0xFFF3, 0xFFF4);
        EventHeader.length(buffer, 8, 77);
        EventHeader.flags(buffer, 8, EventFlags.WHOLE);
        EventHeader.producer(buffer, 8, Producers.ACCOUNT);
        EventHeader.instrumentId(buffer, 8, EventHeader.NO_INSTRUMENT);
        EventHeader.gridVersion(buffer, 8, 65535);
        EventHeader.connectionId(buffer, 8, 65534);
        EventHeader.eventTimeMs(buffer, 8, 1);
        EventHeader.transactTimeMs(buffer, 8, 2);
        EventHeader.ingressNs(buffer, 8, 3);
        MessageHeaderDecoder frame = new MessageHeaderDecoder().wrap(buffer, 8);
        assertEquals(0xFFF1, frame.blockLength());
        assertEquals(0xFFF2, frame.templateId());
        assertEquals(0xFFF3, frame.schemaId());
        assertEquals(0xFFF4, frame.version());
        EventHeaderDecoder header = new EventHeaderDecoder().wrap(buffer, 8 + FRAME);
        assertEquals(77, header.length());
        assertEquals(EventFlags.WHOLE, header.flags());
        assertEquals(Producers.ACCOUNT, header.producer());
        assertEquals(0, header.reserved());
        assertEquals(-1, header.instrumentId());
        assertEquals(65535, header.gridVersion());
        assertEquals(65534, header.connectionId());
        assertEquals(1, header.eventTimeMs());
        assertEquals(2, header.transactTimeMs());
        assertEquals(3, header.ingressNs());
    }

    /** What stages read by offset; a change of the schema that moves one of these is seen here first. */
    @Test
    void shouldKeepTheOffsetsThatStagesReadBy() {
        assertEquals(1, DepthDiffDecoder.TEMPLATE_ID);
        assertEquals(2, DepthSnapshotDecoder.TEMPLATE_ID);
        assertEquals(3, BookTickerDecoder.TEMPLATE_ID);
        assertEquals(64, DepthDiffDecoder.BLOCK_LENGTH);
        assertEquals(64, DepthSnapshotDecoder.BLOCK_LENGTH);
        assertEquals(8, GroupSizeEncodingDecoder.ENCODED_LENGTH);
        assertEquals(2, GroupSizeEncodingDecoder.numInGroupEncodingOffset());
        assertEquals(16, DepthDiffDecoder.BidsDecoder.sbeBlockLength());
        assertEquals(0, DepthDiffDecoder.BidsDecoder.priceTicksEncodingOffset());
        assertEquals(8, DepthDiffDecoder.BidsDecoder.qtyLotsEncodingOffset());
        assertEquals(40, DepthDiffDecoder.firstUpdateIdEncodingOffset());
        assertEquals(48, DepthDiffDecoder.lastUpdateIdEncodingOffset());
        assertEquals(56, DepthDiffDecoder.prevUpdateIdEncodingOffset());
        assertEquals(40, DepthSnapshotDecoder.lastUpdateIdEncodingOffset());
        assertEquals(48, DepthSnapshotDecoder.commandIdEncodingOffset());
        assertEquals(80, BookTickerDecoder.BLOCK_LENGTH);
        assertEquals(48, BookTickerDecoder.bidTicksEncodingOffset());
        assertEquals(66, TradeDecoder.BLOCK_LENGTH);
        assertEquals(89, AggTradeDecoder.BLOCK_LENGTH);
    }
}
