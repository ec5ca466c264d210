package app.rxjava;

import app.Announce;
import app.Handlers;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.TimeUnit;

/** RxJava's computation threads, and its io threads beside them. */
public final class RxSchedulers {

    private RxSchedulers() {}

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < 3; i++) {
            Single.fromCallable(Handlers::compute)
                    .subscribeOn(Schedulers.computation())
                    .blockingGet();
            Single.fromCallable(Handlers::block)
                    .subscribeOn(Schedulers.computation())
                    .blockingGet();
            Single.fromCallable(Handlers::blockWhereItMay)
                    .subscribeOn(Schedulers.io())
                    .blockingGet();
        }
        Single.timer(5, TimeUnit.MILLISECONDS).map(tick -> Handlers.block()).blockingGet();
        Handlers.idle();
        Flowable.range(0, 100)
                .parallel()
                .runOn(Schedulers.computation())
                .map(i -> Handlers.compute())
                .sequential()
                .blockingSubscribe();
        Announce.print();
        System.exit(0);
    }
}
