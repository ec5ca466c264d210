package io.stallsight.engine.finding;

import io.stallsight.engine.detect.CallListener;
import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** All findings since the attach. */
public final class Findings implements CallListener {

    /** An application has a few hundred blocking sites at most; generated method names must not fill the heap. */
    private static final int MOST = 10_000;

    private final ConcurrentHashMap<FindingKey, Finding> findings = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final List<Output> outputs;

    /** @param outputs in the order in which they get a report */
    public Findings(List<Output> outputs) {
        this.outputs = List.copyOf(outputs);
    }

    @Override
    public void blockingCall(BlockingCall call, Delivery delivery) {
        FindingKey key = FindingKey.of(call);
        Finding finding = findings.get(key);
        if (finding == null) {
            if (findings.size() >= MOST) {
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

    /** Loads what a first finding needs; nothing is kept. */
    public void rehearse(BlockingCall call) {
        Finding made = new Finding(FindingKey.of(call).fingerprint(), call);
        for (Output output : outputs) {
            output.rehearse(made, call);
        }
    }

    /** Of a call that has not become a finding, or not yet. */
    public static String fingerprint(BlockingCall call) {
        return FindingKey.of(call).fingerprint();
    }

    /** The same name for what has no call: a stall, by its call or else its cause. */
    public static String fingerprint(String api, StackTraceElement site, String loopGroup) {
        return FindingKey.of(api, site, loopGroup).fingerprint();
    }

    /** Forgets what was found; what is found again is told as new. */
    public void clear() {
        findings.clear();
    }

    public List<Finding> all() {
        return new ArrayList<>(findings.values());
    }

    /** Calls whose finding was one too many. */
    public long dropped() {
        return dropped.sum();
    }
}
