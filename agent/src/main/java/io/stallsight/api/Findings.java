package io.stallsight.api;

import io.stallsight.frame.FramePattern;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/** Findings in the order in which they were reported. Immutable; a list, which assertion libraries know. */
public final class Findings extends AbstractList<Finding> {

    private final List<Finding> all;

    public Findings(Collection<Finding> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public Finding get(int index) {
        return all.get(index);
    }

    @Override
    public int size() {
        return all.size();
    }

    public Findings matching(Predicate<? super Finding> condition) {
        return new Findings(all.stream().filter(condition).toList());
    }

    public Findings ofType(Finding.Type type) {
        return matching(finding -> finding.type() == type);
    }

    public Findings blockingCalls() {
        return ofType(Finding.Type.BLOCKING_CALL);
    }

    public Findings stalls() {
        return ofType(Finding.Type.STALL);
    }

    /** Blocking calls of one of these kinds. */
    public Findings ofKind(Kind... kinds) {
        return matching(finding -> finding.isOf(kinds));
    }

    /** Calls with this name, such as {@code Thread.sleep}. */
    public Findings ofCall(String name) {
        return matching(finding -> finding.what().equals(name));
    }

    /** Those on threads whose names match a pattern such as {@code reactor-http-*}. */
    public Findings onThread(String pattern) {
        return matching(finding -> finding.isOnThread(pattern));
    }

    /** Those of one loop group, such as {@code reactor-http-epoll-#}. */
    public Findings onLoopGroup(String group) {
        return matching(finding -> finding.loopGroup().equals(group));
    }

    /**
     * Those whose site, the first application frame, a rule covers: {@code com.shop.Orders#find}, see
     * {@link AllowRule}.
     *
     * @throws IllegalArgumentException if the rule has another form
     */
    public Findings ofSite(String rule) {
        FramePattern frames = FramePattern.parse(rule);
        return matching(finding -> finding.site() != null && frames.covers(finding.site()));
    }

    /** Those whose site, the first application frame, is in this class or in a class nested in it. */
    public Findings ofSite(Class<?> type) {
        return ofSite(type.getName());
    }

    /**
     * Those with a frame on the stack that a rule covers, see {@link AllowRule}.
     *
     * @throws IllegalArgumentException if the rule has another form
     */
    public Findings below(String rule) {
        return matching(finding -> finding.isBelow(rule));
    }

    public Findings longerThan(Duration duration) {
        return matching(finding -> finding.duration().compareTo(duration) > 0);
    }

    /** By fingerprint, in the order of the first report of each. */
    public Map<String, Findings> bySite() {
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : all) {
            groups.computeIfAbsent(finding.fingerprint(), any -> new ArrayList<>())
                    .add(finding);
        }
        Map<String, Findings> bySite = new LinkedHashMap<>();
        groups.forEach((fingerprint, findings) -> bySite.put(fingerprint, new Findings(findings)));
        return bySite;
    }

    public Duration total() {
        return all.stream().map(Finding::duration).reduce(Duration.ZERO, Duration::plus);
    }

    /** @throws NoSuchElementException if there are no findings */
    public Finding longest() {
        return all.stream()
                .max(Comparator.comparing(Finding::duration))
                .orElseThrow(() -> new NoSuchElementException("no findings"));
    }

    /** One block of text for each site, see {@link Finding#describe}. */
    public String describe() {
        List<String> blocks = new ArrayList<>();
        for (Findings site : bySite().values()) {
            blocks.add(FindingText.block(site.longest(), site.size(), site.total()));
        }
        return String.join("\n\n", blocks);
    }

    /** The findings as a person reads them. */
    @Override
    public String toString() {
        return all.isEmpty() ? "no findings" : describe();
    }
}
