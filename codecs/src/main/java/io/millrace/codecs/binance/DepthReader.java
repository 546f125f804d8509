package io.millrace.codecs.binance;

import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.event.DepthDiffEncoder;
import io.millrace.codecs.value.InstrumentSpec;

/** Reads a depth update whose fields were found by scanning, and writes its messages. */
final class DepthReader {
    private static final long FRAME = EventScratch.frame(DepthDiffEncoder.TEMPLATE_ID, DepthDiffEncoder.BLOCK_LENGTH);

    private final byte[] bytes;
    private final FieldReader fields;
    private final JsonScanner scanner;
    private final DecodeFailure failure;
    private final DepthWriter writer;

    DepthReader(FrameBuffer frame, FieldReader fields, JsonScanner scanner, DecodeFailure failure, DepthWriter writer) {
        bytes = frame.bytes();
        this.fields = fields;
        this.scanner = scanner;
        this.failure = failure;
        this.writer = writer;
    }

    /** Writes the messages from 0 on; returns their length together. */
    int read(InstrumentSpec spec) {
        int position = writer.begin(FRAME, spec, fields.count('E'), fields.count('T'));
        writer.ids(fields.count('U'), fields.count('u'), fields.count(FieldTable.PU));
        position = readSide(fields.require(FieldTable.slot('b')), position, spec);
        if (position < 0) {
            return position;
        }
        position = readSide(fields.require(FieldTable.slot('a')), writer.endBids(position), spec);
        return position < 0 ? position : writer.finish(position);
    }

    private int readSide(int start, int position, InstrumentSpec spec) {
        if (start < 0) {
            return -1;
        }
        if (bytes[start] != '[') {
            return failure.fail(DecodeReason.SYNTAX, start);
        }
        int p = scanner.skipSpace(start + 1);
        int at = position;
        while (bytes[p] != ']') {
            if (at == writer.limit()) {
                at = writer.next(at);
                if (at < 0) {
                    return failure.failWhole(DecodeReason.TOO_LONG, p);
                }
            }
            p = readLevel(p, at, spec);
            if (p < 0) {
                return p;
            }
            at += DepthWriter.LEVEL_LENGTH;
            if (writer.isTooLong(at)) {
                return failure.failWhole(DecodeReason.TOO_LONG, p);
            }
            p = scanner.skipSpace(p);
            p = bytes[p] == ',' ? scanner.skipSpace(p + 1) : p; // the scan has seen that no comma stands alone
        }
        return at;
    }

    private int readLevel(int start, int at, InstrumentSpec spec) {
        if (bytes[start] != '[') {
            return failure.fail(DecodeReason.SYNTAX, start);
        }
        int price = scanner.skipSpace(start + 1);
        int p = fields.parseQuoted(price, false);
        if (p < 0) {
            return p;
        }
        long priceTicks = fields.numbers().units(spec.tick(), price);
        p = scanner.skipSpace(p);
        if (bytes[p] != ',') {
            return failure.fail(DecodeReason.SYNTAX, p);
        }
        int qty = scanner.skipSpace(p + 1);
        p = fields.parseQuoted(qty, false);
        if (p < 0) {
            return p;
        }
        long qtyLots = fields.numbers().units(spec.lot(), qty);
        if (failure.hasFailed()) {
            return -1;
        }
        if (priceTicks == 0) {
            return failure.fail(DecodeReason.OUT_OF_RANGE, price);
        }
        p = scanner.skipSpace(p);
        if (bytes[p] != ']') {
            return failure.fail(DecodeReason.SYNTAX, p);
        }
        writer.put(at, priceTicks, qtyLots);
        return p + 1;
    }
}
