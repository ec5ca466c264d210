package app.blockhound;

import reactor.core.scheduler.NonBlocking;

/** A non-blocking thread of Reactor sleeps. The test decides which agents are attached. */
public final class Agents {

    private static final class Loop extends Thread implements NonBlocking {
        private String result = "";

        @Override
        public void run() {
            result = NonBlockingThread.result(() -> {
                Thread.sleep(20);
                return null;
            });
        }
    }

    private Agents() {}

    public static void main(String[] args) throws Exception {
        Loop loop = new Loop();
        loop.start();
        loop.join();
        System.out.println("SAID " + loop.result);
    }
}
