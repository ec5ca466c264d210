package app.blockhound;

import reactor.blockhound.BlockHound;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;

/**
 * Installs BlockHound, which finds reactor-core's integration and the shop's: sleeps on a thread of each, and on one of
 * neither.
 */
public final class FatService {

    /** A thread that only reactor-core's integration names. */
    private static final class ReactorThread extends Thread implements NonBlocking {
        ReactorThread(Runnable task) {
            super(task, "of-reactor");
        }
    }

    private FatService() {}

    public static void main(String[] args) throws Exception {
        BlockHound.install();
        System.out.println(
                "LOADERS " + FatService.class.getClassLoader().getClass().getName() + " "
                        + (FatService.class.getClassLoader() == BlockHound.class.getClassLoader())
                        + (FatService.class.getClassLoader() == Mono.class.getClassLoader()));
        run(new ReactorThread(FatService::sleep));
        run(new ShopThread("of-the-shop", FatService::sleep));
        run(new Thread(FatService::sleep, "of-neither"));
        System.out.println("DONE");
    }

    private static void run(Thread thread) throws InterruptedException {
        System.out.println("THREAD " + thread.getName());
        thread.start();
        thread.join();
    }

    private static void sleep() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
