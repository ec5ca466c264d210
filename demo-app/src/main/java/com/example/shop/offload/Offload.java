package com.example.shop.offload;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Blocking work goes to a bounded pool of many threads, CPU work to one of few: neither runs on an event loop. */
@Component
public class Offload implements DisposableBean {
    private static final int BLOCKING_THREADS = 16;
    private static final int BLOCKING_QUEUE = 1_000;

    /** One core at most, so that loops keep the others; on one core they share it. */
    private static final int CPU_THREADS = 1;

    private final Scheduler blocking = Schedulers.newBoundedElastic(BLOCKING_THREADS, BLOCKING_QUEUE, "offload");
    private final Scheduler cpu = Schedulers.newBoundedElastic(CPU_THREADS, BLOCKING_QUEUE, "cpu");

    /** For calls that wait. */
    public Scheduler blocking() {
        return blocking;
    }

    /** For calls that compute. */
    public Scheduler cpu() {
        return cpu;
    }

    @Override
    public void destroy() {
        blocking.dispose();
        cpu.dispose();
    }
}
