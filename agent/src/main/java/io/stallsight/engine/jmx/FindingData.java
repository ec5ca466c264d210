package io.stallsight.engine.jmx;

import io.stallsight.engine.finding.Finding;

/** A finding as composite data of JMX. */
public final class FindingData {

    private final Finding finding;

    FindingData(Finding finding) {
        this.finding = finding;
    }

    public String getFingerprint() {
        return finding.fingerprint();
    }

    public String getKind() {
        return finding.kind().name();
    }

    public String getApi() {
        return finding.api();
    }

    /** Class, method, file and line of the first application frame of the latest call. */
    public String getSite() {
        return finding.last().siteText();
    }

    public String getLoopGroup() {
        return finding.last().loopGroup();
    }

    public long getCount() {
        return finding.count();
    }

    public double getTotalSeconds() {
        return finding.totalNanos() / 1e9;
    }

    public double getMaxSeconds() {
        return finding.maxNanos() / 1e9;
    }
}
