package io.stallsight.engine.pool;

import io.stallsight.engine.fact.Request;
import io.stallsight.engine.fact.RequestCount;
import io.stallsight.engine.reflect.HandedOnRequests;
import io.stallsight.engine.reflect.RequestNames;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.hook.StallsightLease;
import io.stallsight.hook.StallsightStates;
import io.stallsight.hook.StallsightThread;
import io.stallsight.hook.StallsightVirtualRequests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests that keep an exhausted pool from others, and those that wait for it. Used by the sampling thread.
 *
 * <p><b>Algorithm.</b> A thread that serves a request refers to it. A lease has the number that the request had when
 * its thread called the pool: while the thread serves the request of that number, the lease is of it. The names are
 * read when the pool is reported, and never before. A thread that serves none may work for a request that has handed on
 * its work, to Reactor's elastic threads for instance: {@link HandedOnRequests} follows those from here on.
 *
 * <p><b>Given up.</b> A holder whose request has ended has no request: it is a leak, which its line names. Threads
 * beyond {@value #MAX_READ} are unknown, and routes beyond {@value #MAX_NAMES} are counted as one.
 */
final class PoolRequests {

    private static final int MAX_READ = 400;
    private static final int MAX_NAMES = 10;

    private final RequestReader requests;

    PoolRequests(RequestReader requests) {
        this.requests = requests;
    }

    /** Of those who have a connection, or wait for one; empty if none is known. */
    List<RequestCount> ofLeases(List<StallsightLease> leases) {
        List<Request> found = new ArrayList<>();
        for (StallsightLease lease : leases.subList(0, Math.min(MAX_READ, leases.size()))) {
            found.add(requests.inProgress(lease.request(), lease.requestNumber(), lease.context()));
        }
        return counted(found, leases.size());
    }

    /** For which these threads work; empty if none is known. */
    List<RequestCount> ofThreads(List<Thread> threads) {
        List<Request> found = new ArrayList<>();
        for (Thread thread : threads.subList(0, Math.min(MAX_READ, threads.size()))) {
            StallsightThread state = StallsightStates.of(thread);
            found.add(
                    state == null
                            ? Request.UNKNOWN
                            : requests.inProgress(
                                    state.request(), state.request().number(), state.context()));
        }
        return counted(found, threads.size());
    }

    /** Called once an interval. */
    void rest(long now) {
        StallsightVirtualRequests.rest(now);
    }

    private List<RequestCount> counted(List<Request> found, int all) {
        if (found.stream().anyMatch(request -> request.isUnknown() || request.handedOn())) {
            requests.handedOn().wanted(System.nanoTime());
        }
        Map<String, Integer> byName = new LinkedHashMap<>();
        int known = 0;
        for (Request request : found) {
            if (!request.isUnknown()) {
                byName.merge(request.text(), 1, Integer::sum);
                known++;
            }
        }
        List<RequestCount> counts = new ArrayList<>();
        byName.forEach((name, count) -> counts.add(new RequestCount(name, count)));
        counts.sort(Comparator.comparingInt(RequestCount::count).reversed().thenComparing(RequestCount::request));
        if (counts.size() > MAX_NAMES) {
            List<RequestCount> others = counts.subList(MAX_NAMES, counts.size());
            RequestCount sum = new RequestCount(
                    RequestNames.OTHER,
                    others.stream().mapToInt(RequestCount::count).sum());
            others.clear();
            counts.add(sum);
        }
        if (known > 0 && known < all) {
            counts.add(new RequestCount(RequestCount.UNKNOWN, all - known));
        }
        return List.copyOf(counts);
    }
}
