package io.millrace.app.scenario;

import io.millrace.exchange.SimulatedExchange;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client has to know to use a running scenario: addresses, accounts and their keys. The secrets are those of the file, made up
 * for this exchange alone.
 *
 * <p><b>Thread:</b> the caller's.
 */
public final class ScenarioView {
    private final Scenario scenario;
    private final SimulatedExchange exchange;

    /**
     * Makes a view.
     *
     * @param scenario described.
     * @param exchange that it runs as.
     */
    public ScenarioView(Scenario scenario, SimulatedExchange exchange) {
        this.scenario = scenario;
        this.exchange = exchange;
    }

    /** Returns everything as a tree of maps and lists, for JSON. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("addresses", addresses());
        tree.put(
                "certificate",
                exchange.certificate() == null ? null : exchange.certificate().toString());
        List<Object> accounts = new ArrayList<>();
        for (AccountKeys account : scenario.keys().accounts()) {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("name", account.name());
            node.put("walletUsdt", account.walletUsdt());
            node.put("feeTier", account.feeTier());
            node.put("keys", account.keys().stream().map(ScenarioView::key).toList());
            accounts.add(node);
        }
        tree.put("accounts", accounts);
        return tree;
    }

    private Map<String, Object> addresses() {
        Map<String, Object> addresses = new LinkedHashMap<>();
        addresses.put("rest", exchange.restUri().toString());
        addresses.put("public", exchange.publicUri().toString());
        addresses.put("market", exchange.marketUri().toString());
        addresses.put("private", exchange.privateUri().toString());
        addresses.put("wsApi", exchange.wsApiUri().toString());
        addresses.put("control", exchange.restUri() + "/control");
        return addresses;
    }

    private static Map<String, Object> key(AccountKeys.ApiKeyKeys key) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("key", key.key());
        node.put("type", key.type());
        node.put("permission", key.permission());
        if (!key.secret().isEmpty()) {
            node.put("secret", key.secret());
        }
        return node;
    }

    /**
     * Prints everything for people.
     *
     * @param out printed to.
     */
    public void print(PrintWriter out) {
        addresses().forEach((name, uri) -> out.printf("%-9s %s%n", name, uri));
        if (exchange.certificate() != null) {
            out.printf("%-9s %s%n", "trust", exchange.certificate());
        }
        for (AccountKeys account : scenario.keys().accounts()) {
            out.printf(
                    "%naccount %s: %s USDT, fee tier %d%n",
                    account.name(), ScenarioSettings.plain(account.walletUsdt()), account.feeTier());
            for (AccountKeys.ApiKeyKeys key : account.keys()) {
                out.printf(
                        "  key %s, %s, %s%s%n",
                        key.key(),
                        key.type(),
                        key.permission(),
                        key.secret().isEmpty() ? "" : ", secret " + key.secret());
            }
        }
    }
}
