package io.millrace.exchange.market;

import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.MarginBracket;
import java.math.BigDecimal;
import java.util.List;

/** Writes what {@code !contractInfo} says about a contract. */
final class ContractNotice {
    private static final int E8 = 8;

    private ContractNotice() {}

    static void write(ContractRules rules, boolean hasNewBrackets, boolean isCurrent, long nowMs, JsonWriter out) {
        out.raw("{\"e\":\"contractInfo\",\"E\":").number(nowMs).raw(",\"s\":\"");
        out.raw(JsonWriter.ascii(rules.spec().symbol())).raw("\",\"ct\":\"PERPETUAL\",\"dt\":");
        out.number(rules.deliveryDateMs()).raw(",\"ot\":").number(rules.onboardDateMs());
        out.raw(",\"cs\":\"").raw(rules.status().name()).raw('"').raw(isCurrent ? ",\"st\":1" : "");
        if (hasNewBrackets) {
            out.raw(",\"bks\":[");
            List<MarginBracket> brackets = rules.brackets().brackets();
            for (int i = 0; i < brackets.size(); i++) {
                MarginBracket bracket = brackets.get(i);
                int least = i + 1 < brackets.size() ? brackets.get(i + 1).maxLeverage() + 1 : 1;
                out.raw(i == 0 ? "{\"bs\":" : ",{\"bs\":").number(bracket.number());
                out.raw(",\"bnf\":").raw(plain(bracket.floorE8()));
                out.raw(",\"bnc\":").raw(plain(bracket.capE8()));
                out.raw(",\"mmr\":").raw(plain(bracket.maintenanceRateE8()));
                out.raw(",\"cf\":").raw(plain(bracket.cumE8()));
                out.raw(",\"mi\":").number(least).raw(",\"ma\":").number(bracket.maxLeverage());
                out.raw('}');
            }
            out.raw(']');
        }
        out.raw('}');
    }

    private static String plain(long valueE8) {
        return valueE8 == 0
                ? "0"
                : BigDecimal.valueOf(valueE8, E8).stripTrailingZeros().toPlainString();
    }
}
