package io.stallsight.engine.finding;

import io.stallsight.engine.detect.CallListener;
import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** All findings since the attach. Thread-safe. */
public final class Findings implements CallListener {

    /**
     * Calls of further findings are dropped: an application has a few hundred blocking sites, and generated method
     * names must not fill the heap.
     */
    private static final int MAX_FINDINGS = 10_000;

    private final ConcurrentHashMap<FindingKey, Finding> findings = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final List<Output> outputs;

    /** @param outputs get each report in this order */
    public Findings(List<Output> outputs) {
        this.outputs = List.copyOf(outputs);
    }

    @Override
    public void blockingCall(BlockingCall call, Delivery delivery) {
        FindingKey key = FindingKey.of(call);
        Finding finding = findings.get(key);
        if (finding == null) {
            if (findings.size() >= MAX_FINDINGS) {
                dropped.increment();
                return;
            }
            Finding created = new Finding(key.fingerprint(), call);
            Finding raced = findings.putIfAbsent(key, created);
            finding = raced == null ? created : raced;
        }
        finding.add(call);
        for (Output output : outputs) {
            output.report(finding, call, delivery);
        }
    }

    /** Loads the classes that a first finding needs, and keeps nothing. */
    public void rehearse(BlockingCall call) {
        Finding made = new Finding(FindingKey.of(call).fingerprint(), call);
        for (Output output : outputs) {
            output.rehearse(made, call);
        }
    }

    /** The fingerprint of the finding that {@code call} belongs to, reported or not. */
    public static String fingerprint(BlockingCall call) {
        return FindingKey.of(call).fingerprint();
    }

    /** The fingerprint of a stall: {@code api} is the call that caused it, or else its cause. */
    public static String fingerprint(String api, StackTraceElement site, String loopGroup) {
        return FindingKey.of(api, site, loopGroup).fingerprint();
    }

    /** Forgets all findings. A call of a forgotten one begins a first finding again. */
    public void clear() {
        findings.clear();
    }

    /** The findings of this moment, in no order. */
    public List<Finding> all() {
        return new ArrayList<>(findings.values());
    }

    /** How many calls were dropped because their finding would have been one too many. */
    public long dropped() {
        return dropped.sum();
    }
}
