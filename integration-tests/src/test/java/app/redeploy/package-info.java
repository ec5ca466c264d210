/** A container that deploys and undeploys a web application again and again, under load. */
package app.redeploy;
