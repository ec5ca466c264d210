package probe;

import java.util.ArrayDeque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** Blocking queues. */
final class Queues {

    private static final String QUEUE = "QUEUE";

    private Queues() {}

    @Blocks(QUEUE)
    static Body linkedBlockingQueueTake_empty() {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        Late.run(() -> queue.add("late"));
        return () -> takeInAMethod(queue);
    }

    private static void takeInAMethod(BlockingQueue<String> queue) throws InterruptedException {
        queue.take();
    }

    @Blocks(QUEUE)
    static Body linkedBlockingQueueTake_empty_lambda() {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        Late.run(() -> queue.add("late"));
        return () -> queue.take();
    }

    @Blocks(QUEUE)
    static Body linkedBlockingQueueTake_empty_reference() {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        Late.run(() -> queue.add("late"));
        return () -> Calls.call(queue::take);
    }

    @Blocks(QUEUE)
    static Body linkedBlockingQueuePollWithTimeout_empty() {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        return () -> queue.poll(50, TimeUnit.MILLISECONDS);
    }

    @Blocks(QUEUE)
    static Body arrayBlockingQueueTake_empty() {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
        Late.run(() -> queue.add("late"));
        return () -> queue.take();
    }

    @Blocks(QUEUE)
    static Body arrayBlockingQueuePut_full() {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
        queue.add("first");
        Late.run(queue::poll);
        return () -> queue.put("second");
    }

    @Blocks(QUEUE)
    static Body arrayBlockingQueueOfferWithTimeout_full() {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
        queue.add("first");
        return () -> queue.offer("second", 50, TimeUnit.MILLISECONDS);
    }

    @Blocks(QUEUE)
    static Body linkedBlockingDequeTakeLast_empty() {
        LinkedBlockingDeque<String> queue = new LinkedBlockingDeque<>();
        Late.run(() -> queue.add("late"));
        return () -> queue.takeLast();
    }

    @Blocks(QUEUE)
    static Body priorityBlockingQueueTake_empty() {
        PriorityBlockingQueue<String> queue = new PriorityBlockingQueue<>();
        Late.run(() -> queue.add("late"));
        return () -> queue.take();
    }

    @Blocks(QUEUE)
    static Body synchronousQueueTake() {
        SynchronousQueue<String> queue = new SynchronousQueue<>();
        Late.run(() -> queue.put("late"));
        return () -> queue.take();
    }

    @Blocks(QUEUE)
    static Body synchronousQueuePut() {
        SynchronousQueue<String> queue = new SynchronousQueue<>();
        Late.run(() -> queue.take());
        return () -> queue.put("early");
    }

    @Blocks(QUEUE)
    static Body linkedTransferQueueTransfer() {
        LinkedTransferQueue<String> queue = new LinkedTransferQueue<>();
        Late.run(() -> queue.take());
        return () -> queue.transfer("early");
    }

    private record Due(long atNanos) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Blocks(QUEUE)
    static Body delayQueueTake() {
        DelayQueue<Due> queue = new DelayQueue<>();
        return () -> {
            queue.add(new Due(System.nanoTime() + 51_000_000));
            queue.take();
        };
    }

    @NeverBlocks
    static Body pollOfferPeek() {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>(1);
        return () -> {
            queue.poll();
            queue.offer("a");
            queue.offer("b");
            queue.peek();
            queue.poll();
        };
    }

    @NeverBlocks
    static Body takeOfAvailable() {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        queue.add("there");
        return () -> queue.take();
    }

    @NeverBlocks
    static Body putIntoUnbounded() {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        return () -> queue.put("there");
    }

    @NeverBlocks
    static Body pollWithTimeoutOfAvailable() {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        queue.add("there");
        return () -> queue.poll(1, TimeUnit.SECONDS);
    }

    @NeverBlocks
    static Body queuesThatNeverBlock() {
        ConcurrentLinkedQueue<String> concurrent = new ConcurrentLinkedQueue<>();
        ArrayDeque<String> plain = new ArrayDeque<>();
        return () -> {
            concurrent.add("a");
            concurrent.poll();
            plain.add("a");
            plain.poll();
        };
    }
}
