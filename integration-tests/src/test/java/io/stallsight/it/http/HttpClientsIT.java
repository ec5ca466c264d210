package io.stallsight.it.http;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** A call of a synchronous HTTP client is reported under the name of the method that the application called. */
class HttpClientsIT {

    @EachJdk
    void jdkHttpClientSend_onALoop_isFlagged(Jdk jdk) {
        check(jdk, "jdk");
    }

    @EachJdk
    void httpUrlConnection_onALoop_isFlagged(Jdk jdk) {
        check(jdk, "url");
    }

    @EachJdk
    void apacheHttpClient5_onALoop_isFlagged(Jdk jdk) {
        check(jdk, "apache5");
    }

    @EachJdk
    void okHttp_onALoop_isFlagged(Jdk jdk) {
        check(jdk, "okhttp");
    }

    private static void check(Jdk jdk, String client) {
        Outcome outcome = ForkedJvm.of(jdk, "app.http.ClientsOnALoop", client)
                .agent()
                .options("-Dslf4j.internal.verbosity=ERROR")
                .classPath(ClassPath.programs()
                        .with("httpclient5", "httpcore5", "slf4j-api", "okhttp", "okio", "kotlin-stdlib"))
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }
}
