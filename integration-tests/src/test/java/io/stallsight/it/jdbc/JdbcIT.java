package io.stallsight.it.jdbc;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;

/** A JDBC call is reported as JDBC, whatever the driver does below it. */
class JdbcIT {

    @EachJdk
    void postgresql_queryOnALoop_isReportedAsTheQueryWithItsSocket(Jdk jdk) throws Exception {
        try (Postgres postgres = Postgres.start()) {
            Outcome outcome = ForkedJvm.of(
                            jdk,
                            "app.jdbc.QueriesOnALoop",
                            postgres.jdbcUrl(),
                            "select pg_sleep(0.06)",
                            "socket read " + postgres.address())
                    .agent()
                    .classPath(ClassPath.programs().with("postgresql-"))
                    .recording()
                    .run()
                    .healthy();
            Announced.exactly(outcome);
        }
    }

    @EachJdk
    void h2InMemory_queryOnALoop_isReportedThoughNothingBelowItBlocks(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(
                        jdk,
                        "app.jdbc.QueriesOnALoop",
                        "jdbc:h2:mem:loop",
                        "select sum(a.x * b.x + rand()) from system_range(1, 400) a, system_range(1, 2000) b",
                        "")
                .agent()
                .classPath(ClassPath.programs().with("h2-"))
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }

    @EachJdk
    void hikari_queryAndExhaustedPoolOnALoop_areReportedAsTheCallOfTheApplication(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.jdbc.PoolOnALoop")
                .agent()
                .classPath(ClassPath.programs().with("h2-", "HikariCP", "slf4j-api"))
                .options("-Dslf4j.internal.verbosity=ERROR")
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }
}
