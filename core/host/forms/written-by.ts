/** First line of whatever is made of a plan, in files whose comments begin with `#`. */
export const WRITTEN_BY = "# Written by cdktf-httpd-balancer: change the description it is made from.\n";
