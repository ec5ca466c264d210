package io.stallsight.bench;

import java.io.File;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/** Keeps the output of the forked JVMs (measured reports, warnings about flags) out of the benchmark's output. */
public final class QuietForks implements ExternalProfiler {

    @Override
    public Collection<String> addJVMInvokeOptions(BenchmarkParams parameters) {
        return List.of();
    }

    @Override
    public Collection<String> addJVMOptions(BenchmarkParams parameters) {
        return List.of();
    }

    @Override
    public void beforeTrial(BenchmarkParams parameters) {}

    @Override
    public Collection<? extends Result<?>> afterTrial(BenchmarkResult result, long pid, File stdOut, File stdErr) {
        return List.of();
    }

    @Override
    public boolean allowPrintOut() {
        return false;
    }

    @Override
    public boolean allowPrintErr() {
        return false;
    }

    @Override
    public String getDescription() {
        return "discards the output of forked JVMs";
    }
}
