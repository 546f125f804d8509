package io.millrace.app.scenario;

import io.millrace.app.config.ConfigException;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.pricing.FundingTerms;
import io.millrace.exchange.venue.BracketTable;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.FeeTier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes the rules of contracts as a scenario says, for one opening of the exchange.
 *
 * <p><b>Thread:</b> confined to the one that opens.
 */
final class ScenarioRules implements UnaryOperator<ContractRules> {
    static final String ALL = "ALL";

    private static final int MOST_NAMES = 8;
    private static final long E8 = 100_000_000L;

    private final List<ContractKeys> contracts;
    private final String source;
    private final Set<String> met = new LinkedHashSet<>();

    ScenarioRules(List<ContractKeys> contracts, String source) {
        this.contracts = contracts;
        this.source = source;
        for (int i = 0; i < contracts.size(); i++) {
            checkBrackets(contracts.get(i).brackets(), "contracts[" + i + "].brackets");
        }
    }

    private void checkBrackets(List<ContractKeys.Bracket> brackets, String path) {
        for (int i = 1; i < brackets.size(); i++) {
            ContractKeys.Bracket before = brackets.get(i - 1);
            ContractKeys.Bracket bracket = brackets.get(i);
            String name = source + ": " + path + "[" + i + "]";
            if (bracket.capUsdt() <= before.capUsdt()) {
                throw new ConfigException(name + ".capUsdt=" + bracket.capUsdt() + " is not above the one before, "
                        + before.capUsdt() + ", let caps rise");
            }
            if (bracket.maintenanceRate() < before.maintenanceRate() || bracket.maxLeverage() > before.maxLeverage()) {
                throw new ConfigException(name + " has a lower maintenanceRate or a higher maxLeverage than the bracket"
                        + " before, let rates rise and leverages fall");
            }
        }
    }

    /**
     * Refuses contracts that the market turned out not to have.
     *
     * @param faults that name contracts too.
     */
    void checkNames(List<Fault> faults) {
        for (int i = 0; i < contracts.size(); i++) {
            if (!contracts.get(i).symbol().equals(ALL)) {
                checkName("contracts[" + i + "].symbol", contracts.get(i).symbol());
            }
        }
        for (int i = 0; i < faults.size(); i++) {
            if (faults.get(i).symbol() != null) {
                checkName("faults[" + i + "].symbol", faults.get(i).symbol());
            }
        }
    }

    private void checkName(String path, String symbol) {
        if (!met.contains(symbol)) {
            List<String> first = met.stream().limit(MOST_NAMES).toList();
            throw new ConfigException(source + ": " + path + "=" + symbol + " is no contract of this market, it has "
                    + String.join(", ", first)
                    + (met.size() > first.size() ? " and " + (met.size() - first.size()) + " more" : ""));
        }
    }

    @Override
    public ContractRules apply(ContractRules rules) {
        met.add(rules.spec().symbol());
        ContractRules changed = rules;
        for (int i = 0; i < contracts.size(); i++) {
            ContractKeys given = contracts.get(i);
            if (given.symbol().equals(ALL) || given.symbol().equals(rules.spec().symbol())) {
                try {
                    changed = changed(changed, given);
                } catch (IllegalArgumentException e) {
                    throw new ConfigException(source + ": contracts[" + i + "]: " + e.getMessage(), e);
                }
            }
        }
        return changed;
    }

    private static ContractRules changed(ContractRules rules, ContractKeys given) {
        ContractRules.Copy copy = rules.copy();
        if (!given.brackets().isEmpty()) {
            copy.brackets(BracketTable.of(given.brackets().stream()
                    .map(bracket -> new long[] {
                        bracket.capUsdt(), e8("maintenanceRate", bracket.maintenanceRate()), bracket.maxLeverage()
                    })
                    .toArray(long[][]::new)));
        }
        if (!given.fees().isEmpty()) {
            copy.fees(fees(rules, given.fees()));
        }
        if (given.liquidationFee() != null) {
            copy.liquidationFeeE8(e8("liquidationFee", given.liquidationFee()));
        }
        if (given.minNotionalUsdt() != null) {
            copy.minNotionalE8(e8("minNotionalUsdt", given.minNotionalUsdt()));
        }
        if (given.maxOrders() != null) {
            copy.maxOrders(given.maxOrders());
        }
        if (given.priceBand() != null) {
            long bandE8 = e8("priceBand", given.priceBand());
            copy.multipliersE8(E8 + bandE8, E8 - bandE8);
        }
        if (given.marketTakeBound() != null) {
            copy.marketTakeBoundE8(e8("marketTakeBound", given.marketTakeBound()));
        }
        if (given.triggerProtect() != null) {
            copy.triggerProtectE8(e8("triggerProtect", given.triggerProtect()));
        }
        copy.funding(
                given.fundingIntervalHours() == null ? rules.fundingIntervalHours() : given.fundingIntervalHours(),
                given.fundingCap() == null ? rules.fundingCapE8() : e8("fundingCap", given.fundingCap()),
                given.fundingFloor() == null ? rules.fundingFloorE8() : e8("fundingFloor", given.fundingFloor()));
        ContractRules changed = copy.build();
        // Refuses a cap that is not above the floor.
        var unused = FundingTerms.of(changed);
        return changed;
    }

    private static List<FeeTier> fees(ContractRules rules, List<ContractKeys.Fee> given) {
        List<FeeTier> fees = new ArrayList<>();
        for (ContractKeys.Fee fee : given) {
            int tier = fees.size();
            fees.add(new FeeTier(
                    tier,
                    e8("maker", fee.maker()),
                    e8("taker", fee.taker()),
                    rules.fee(tier).rpiE8()));
        }
        return fees;
    }

    private static long e8(String name, double value) {
        return ScenarioSettings.e8(name, value);
    }
}
