// Generated from integration.yml by `npm run generate`; edit those, not this file.

/** The commands of the plugin. */
export type CommandName =
  | 'msg-defender-threat-intel-auth-start'
  | 'msg-defender-threat-intel-auth-complete'
  | 'msg-defender-threat-intel-auth-test'
  | 'msg-defender-threat-intel-auth-reset'
  | 'msg-defender-threat-intel-article-list'
  | 'msg-defender-threat-intel-article-indicators-list'
  | 'msg-defender-threat-intel-profile-list'
  | 'msg-defender-threat-intel-profile-indicators-list'
  | 'msg-defender-threat-intel-host'
  | 'msg-defender-threat-intel-host-whois'
  | 'msg-defender-threat-intel-host-whois-history'
  | 'msg-defender-threat-intel-host-reputation'
  | 'msg-defender-threat-intel-host-components-list'
  | 'msg-defender-threat-intel-host-cookies-list'
  | 'msg-defender-threat-intel-host-pairs-list'
  | 'msg-defender-threat-intel-host-ports-list'
  | 'msg-defender-threat-intel-host-ssl-certificates-list'
  | 'msg-defender-threat-intel-host-trackers-list'
  | 'msg-defender-threat-intel-host-subdomains-list'
  | 'msg-defender-threat-intel-host-passive-dns-list'
  | 'msg-defender-threat-intel-ssl-certificate-list'
  | 'msg-defender-threat-intel-ssl-certificate-related-hosts-list'
  | 'msg-defender-threat-intel-vulnerability'
  | 'msg-defender-threat-intel-vulnerability-components-list'
  | 'msg-defender-threat-intel-vulnerability-articles-list'
  | 'msg-defender-threat-intel-whois-search'
  | 'msg-defender-threat-intel-host-summary'
  | 'msg-defender-threat-intel-article-summary'
  | 'msg-defender-threat-intel-profile-summary'
  | 'msg-defender-threat-intel-vulnerability-summary'
  | 'msg-defender-threat-intel-expand'
  | 'ip'
  | 'domain'
  | 'cve';

/** The arguments of each command, coerced and checked. */
export interface ArgumentsByCommand {
  'msg-defender-threat-intel-auth-start': Record<never, never>;
  'msg-defender-threat-intel-auth-complete': Record<never, never>;
  'msg-defender-threat-intel-auth-test': Record<never, never>;
  'msg-defender-threat-intel-auth-reset': Record<never, never>;
  'msg-defender-threat-intel-article-list': {
    /** ID of one article, from MSGDefenderThreatIntel.Article.id. search, limit and all_results are then ignored. */
    readonly article_id?: string | undefined;
    /** A term that the articles contain; Graph documents a single one. Cannot be combined with a $search in odata. */
    readonly search?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $select=id,title&$count=true. Graph documents $count, $select, $search, $top, $skip and $orderby here, without a property for $orderby. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-article-indicators-list': {
    /** ID of the article whose indicators are listed, from MSGDefenderThreatIntel.Article.id. */
    readonly article_id?: string | undefined;
    /** ID of one indicator, from MSGDefenderThreatIntel.ArticleIndicator.id. limit and all_results are then ignored. */
    readonly article_indicator_id?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $select=id,source&$skip=50. Graph documents $count, $select, $top and $skip here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-profile-list': {
    /** ID of one profile, from MSGDefenderThreatIntel.Profile.id. search, limit and all_results are then ignored. */
    readonly intel_profile_id?: string | undefined;
    /** A term that the profiles contain. Cannot be combined with a $search in odata. */
    readonly search?: string | undefined;
    /** Which profiles to list. Cannot be combined with a $filter in odata. */
    readonly kind?: 'actor' | 'tool' | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $filter=kind eq 'actor'&$select=id,title. Graph documents $count, $select, $search, $top, $skip, $orderby and $filter here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-profile-indicators-list': {
    /** ID of the profile whose indicators are listed, from MSGDefenderThreatIntel.Profile.id. */
    readonly intel_profile_id?: string | undefined;
    /** ID of one indicator, from MSGDefenderThreatIntel.ProfileIndicator.id. limit and all_results are then ignored. */
    readonly intel_profile_indicator_id?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded. Graph documents none here, so it may ignore or reject them. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-host': {
    /** A host name or IP address; defanged forms and URLs are accepted. Give several as a list or comma-separated. */
    readonly host_id: readonly string[];
    /** OData query options joined by &, typed raw or percent-encoded. Graph documents none here, so it may ignore or reject them. */
    readonly odata?: string | undefined;
  };
  'msg-defender-threat-intel-host-whois': {
    /** A host name or IP address; defanged forms and URLs are accepted. Give several as a list or comma-separated. */
    readonly host_id?: readonly string[] | undefined;
    /** ID of one WHOIS record, from MSGDefenderThreatIntel.Whois.id. */
    readonly whois_record_id?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $select=id,registrant,expirationDateTime. Graph documents $select here. */
    readonly odata?: string | undefined;
    /** No effect: a host has one current WHOIS record. Accepted for older playbooks. */
    readonly limit?: number | undefined;
  };
  'msg-defender-threat-intel-host-whois-history': {
    /** A host name or IP address; defanged forms and URLs are accepted. */
    readonly host_id?: string | undefined;
    /** ID of the current WHOIS record whose history is listed, from MSGDefenderThreatIntel.Whois.id. */
    readonly whois_record_id?: string | undefined;
    /** ID of one historic record, from MSGDefenderThreatIntel.WhoisHistory.id. limit and all_results are then ignored. */
    readonly whois_history_record_id?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $select=id,registrant,lastUpdateDateTime. Graph documents $count, $select, $skip and $top here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-host-reputation': {
    /** A host name or IP address; defanged forms and URLs are accepted. Give several as a list or comma-separated. */
    readonly host_id: readonly string[];
    /** OData query options joined by &, typed raw or percent-encoded. Graph documents none here, so it may ignore or reject them. */
    readonly odata?: string | undefined;
  };
  'msg-defender-threat-intel-host-components-list': {
    /** A host name or IP address; defanged forms and URLs are accepted. */
    readonly host_id?: string | undefined;
    /** ID of one web component, from MSGDefenderThreatIntel.HostComponent.id. limit and all_results are then ignored. */
    readonly host_component_id?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $select=id,name,version&$skip=50. Graph documents $count, $select, $top and $skip here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-host-cookies-list': {
    /** A host name or IP address; defanged forms and URLs are accepted. */
    readonly host_id?: string | undefined;
    /** ID of one cookie, from MSGDefenderThreatIntel.HostCookie.id. limit and all_results are then ignored. */
    readonly host_cookie_id?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $select=id,name,domain&$skip=50. Graph documents $count, $select, $top and $skip here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-host-pairs-list': {
    /** A host name or IP address; defanged forms and URLs are accepted. */
    readonly host_id?: string | undefined;
    /** ID of one host pair, from MSGDefenderThreatIntel.HostPair.id. direction, limit and all_results are then ignored. */
    readonly host_pair_id?: string | undefined;
    /** parent for the pairs with its parents, the hosts that link to the host; child for the pairs with its children, the hosts that the host links to; both for all of them. */
    readonly direction?: 'both' | 'parent' | 'child' | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $filter=linkKind eq 'finalRedirect'&$select=id,parentHost,childHost. Graph documents $count, $filter, $orderby, $select, $skip and $top here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-host-ports-list': {
    /** A host name or IP address; defanged forms and URLs are accepted. */
    readonly host_id?: string | undefined;
    /** ID of one port, from MSGDefenderThreatIntel.HostPort.id. limit and all_results are then ignored. */
    readonly host_port_id?: string | undefined;
    /** Whether each port includes all of its latest certificate. Cannot be combined with an $expand in odata. */
    readonly expand_certificate?: boolean | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $select=id,port,status&$count=true. Graph documents $count, $skip, $top, $select and $expand here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-host-ssl-certificates-list': {
    /** A host name or IP address; defanged forms and URLs are accepted. */
    readonly host_id?: string | undefined;
    /** ID of one use of a certificate by a host, from MSGDefenderThreatIntel.HostSslCertificate.id. limit and all_results are then ignored. */
    readonly host_ssl_certificate_id?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $orderby=firstSeenDateTime desc. Graph documents $count, $select, $orderby, $top and $skip here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-host-trackers-list': {
    /** A host name or IP address; defanged forms and URLs are accepted. */
    readonly host_id?: string | undefined;
    /** ID of one tracker, from MSGDefenderThreatIntel.HostTracker.id. limit and all_results are then ignored. */
    readonly host_tracker_id?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $select=id,kind,value&$skip=50. Graph documents $count, $select, $top and $skip here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-host-subdomains-list': {
    /** A host name or IP address; defanged forms and URLs are accepted. */
    readonly host_id?: string | undefined;
    /** ID of one subdomain, from MSGDefenderThreatIntel.Subdomain.id. limit and all_results are then ignored. */
    readonly subdomain_id?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded. Graph documents none here, so it may ignore or reject them. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-host-passive-dns-list': {
    /** A host name or IP address; defanged forms and URLs are accepted. */
    readonly host_id?: string | undefined;
    /** ID of one passive DNS record, from MSGDefenderThreatIntel.PassiveDns.id. direction, record_type, limit and all_results are then ignored. */
    readonly passive_dns_record_id?: string | undefined;
    /** forward for what the host resolves to, reverse for what resolves to the host. If empty, a host name is looked up forward and an IP address in reverse. */
    readonly direction?: 'forward' | 'reverse' | undefined;
    /** DNS type of the records to list, such as A, AAAA, CNAME, MX, NS, PTR, SOA or TXT. If empty, all types are requested. Cannot be combined with a $filter in odata. */
    readonly record_type?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $orderby=firstSeenDateTime desc. Graph documents $count, $select, $filter, $orderby, $top and $skip here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-ssl-certificate-list': {
    /** ID of one certificate, from MSGDefenderThreatIntel.SslCertificate.id. limit and all_results are then ignored. */
    readonly ssl_certificate_id?: string | undefined;
    /** Property of the certificates to search by. */
    readonly search_property?: 'fingerprint' | 'sha1' | 'serialNumber' | 'subject/commonName' | 'subject/alternateNames' | 'subject/organizationName' | 'subject/organizationUnitName' | 'subject/email' | 'subject/givenName' | 'subject/surname' | 'subject/serialNumber' | 'subject/address/street' | 'subject/address/city' | 'subject/address/state' | 'subject/address/postalCode' | 'subject/address/countryOrRegion' | 'issuer/commonName' | 'issuer/alternateNames' | 'issuer/organizationName' | 'issuer/organizationUnitName' | 'issuer/email' | 'issuer/givenName' | 'issuer/surname' | 'issuer/serialNumber' | 'issuer/address/street' | 'issuer/address/city' | 'issuer/address/state' | 'issuer/address/postalCode' | 'issuer/address/countryOrRegion' | undefined;
    /** Value that the property has. Colons in it are removed, as Graph requires. */
    readonly search_value?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $orderby=firstSeenDateTime desc&$count=true. Graph documents $count, $orderby, $select, $skip and $top here, and a $search, which search_property and search_value set. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-ssl-certificate-related-hosts-list': {
    /** ID of the certificate, from MSGDefenderThreatIntel.SslCertificate.id. */
    readonly ssl_certificate_id: string;
    /** OData query options joined by &, typed raw or percent-encoded, such as $count=true&$skip=50. Graph documents $count, $skip and $top here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-vulnerability': {
    /** A CVE ID such as CVE-2021-44228. Give several as a list or comma-separated. */
    readonly vulnerability_id: readonly string[];
    /** OData query options joined by &, typed raw or percent-encoded. Graph documents none here, so it may ignore or reject them. */
    readonly odata?: string | undefined;
  };
  'msg-defender-threat-intel-vulnerability-components-list': {
    /** A CVE ID such as CVE-2021-44228. */
    readonly vulnerability_id: string;
    /** ID of one component of the vulnerability, from MSGDefenderThreatIntel.VulnerabilityComponent.id. limit and all_results are then ignored. */
    readonly vulnerability_component_id?: string | undefined;
    /** OData query options joined by &, typed raw or percent-encoded, such as $select=id,name&$skip=50. Graph documents $select, $top and $skip here. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-vulnerability-articles-list': {
    /** A CVE ID such as CVE-2021-44228. */
    readonly vulnerability_id: string;
    /** OData query options joined by &, typed raw or percent-encoded. Graph documents none here, so it may ignore or reject them. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-whois-search': {
    /** Property of the records to search by. */
    readonly search_property: 'registrant/name' | 'registrant/organization' | 'registrant/email' | 'registrant/telephone' | 'registrant/fax' | 'registrant/address/street' | 'registrant/address/city' | 'registrant/address/state' | 'registrant/address/postalCode' | 'registrant/address/countryOrRegion' | 'registrar/name' | 'registrar/organization' | 'registrar/email' | 'registrar/telephone' | 'registrar/fax' | 'registrar/address/street' | 'registrar/address/city' | 'registrar/address/state' | 'registrar/address/postalCode' | 'registrar/address/countryOrRegion' | 'abuse/name' | 'abuse/organization' | 'abuse/email' | 'abuse/telephone' | 'abuse/fax' | 'abuse/address/street' | 'abuse/address/city' | 'abuse/address/state' | 'abuse/address/postalCode' | 'abuse/address/countryOrRegion' | 'admin/name' | 'admin/organization' | 'admin/email' | 'admin/telephone' | 'admin/fax' | 'admin/address/street' | 'admin/address/city' | 'admin/address/state' | 'admin/address/postalCode' | 'admin/address/countryOrRegion' | 'billing/name' | 'billing/organization' | 'billing/email' | 'billing/telephone' | 'billing/fax' | 'billing/address/street' | 'billing/address/city' | 'billing/address/state' | 'billing/address/postalCode' | 'billing/address/countryOrRegion' | 'noc/name' | 'noc/organization' | 'noc/email' | 'noc/telephone' | 'noc/fax' | 'noc/address/street' | 'noc/address/city' | 'noc/address/state' | 'noc/address/postalCode' | 'noc/address/countryOrRegion' | 'technical/name' | 'technical/organization' | 'technical/email' | 'technical/telephone' | 'technical/fax' | 'technical/address/street' | 'technical/address/city' | 'technical/address/state' | 'technical/address/postalCode' | 'technical/address/countryOrRegion' | 'zone/name' | 'zone/organization' | 'zone/email' | 'zone/telephone' | 'zone/fax' | 'zone/address/street' | 'zone/address/city' | 'zone/address/state' | 'zone/address/postalCode' | 'zone/address/countryOrRegion' | 'nameservers/host/id';
    /** Value that the property has. Colons in it are removed, as Graph requires. */
    readonly search_value: string;
    /** OData query options joined by &, typed raw or percent-encoded, such as $orderby=expirationDateTime&$count=true. Graph documents $count, $orderby, $select, $skip and $top here, and a $search, which search_property and search_value set. */
    readonly odata?: string | undefined;
    /** Maximum number of records to read, over all pages; a whole number, 1 or higher. The parameter max_results caps it. */
    readonly limit?: number | undefined;
    /** Whether to read every record up to the parameter max_results; limit is then ignored. */
    readonly all_results?: boolean | undefined;
  };
  'msg-defender-threat-intel-host-summary': {
    /** A host name or IP address; defanged forms and URLs are accepted. Give several as a list or comma-separated. */
    readonly host_id: readonly string[];
    /** Maximum number of rows of each part, from 1 to 200. */
    readonly rows?: number | undefined;
  };
  'msg-defender-threat-intel-article-summary': {
    /** ID of the article, from MSGDefenderThreatIntel.Article.id. */
    readonly article_id: string;
    /** Maximum number of rows of each part, from 1 to 200. */
    readonly rows?: number | undefined;
  };
  'msg-defender-threat-intel-profile-summary': {
    /** ID of the intelligence profile, from MSGDefenderThreatIntel.Profile.id. */
    readonly intel_profile_id: string;
    /** Maximum number of rows of each part, from 1 to 200. */
    readonly rows?: number | undefined;
  };
  'msg-defender-threat-intel-vulnerability-summary': {
    /** A CVE ID such as CVE-2021-44228. */
    readonly vulnerability_id: string;
    /** Maximum number of rows of each part, from 1 to 200. */
    readonly rows?: number | undefined;
  };
  'msg-defender-threat-intel-expand': {
    /** Seed nodes of the graph: host names, IP addresses, CVE IDs, SHA-1 hashes of certificates, and records as article:ID, profile:ID or certificate:ID. */
    readonly seeds: readonly string[];
    /** Number of steps to follow from the seeds. */
    readonly hops?: '1' | '2' | '3' | undefined;
    /** Relations to follow: resolutions, subdomains, certificates, pairs, trackers, cookies, components, name_servers, articles, indicators, or all. If empty, all but cookies, components and name_servers. */
    readonly follow?: readonly string[] | undefined;
    /** Maximum number of neighbors to list per node and relation, up to 199; the rest are counted. */
    readonly fan_out?: number | undefined;
    /** Maximum number of nodes in the graph, up to 50,000. */
    readonly max_nodes?: number | undefined;
    /** Maximum number of requests to Graph, up to 10,000; a request in a batch counts as one. When it is reached, the graph is partial and the result contains the command that continues it. */
    readonly max_requests?: number | undefined;
    /** Leaves out relations last seen before this time, such as 90 days or 2025-01-31. */
    readonly since?: string | undefined;
    /** Adds the graph as a document for other programs, in Contents under Export: JSON Graph Format, GraphML, DOT (Graphviz), Mermaid or STIX 2.1. */
    readonly format?: 'json-graph' | 'graphml' | 'dot' | 'mermaid' | 'stix' | undefined;
  };
  'ip': {
    /** An IPv4 or IPv6 address; defanged forms are accepted. Give several as a list or comma-separated. */
    readonly ip: readonly string[];
  };
  'domain': {
    /** A host name; defanged forms and URLs are accepted. Give several as a list or comma-separated. */
    readonly domain: readonly string[];
  };
  'cve': {
    /** A CVE ID such as CVE-2021-44228. Give several as a list or comma-separated. */
    readonly cve: readonly string[];
  };
}

export type ArgsOf<Name extends CommandName> = ArgumentsByCommand[Name];

/** The value of a credentials parameter. */
export interface Credentials {
  readonly identifier?: string | null;
  readonly password?: string | null;
}

/** The parameters as the platform sends them; missing, null and empty mean "not set". */
export interface Params {
  /** The application (client) ID on the overview page of your app registration in Microsoft Entra. The app needs the permission ThreatIntelligence.Read.All on Microsoft Graph, an application permission for client credentials, a delegated one for device code. Not needed with a managed identity. */
  readonly app_id?: string | null;
  /** The directory (tenant) ID, or a verified domain of the tenant such as contoso.com. If empty, a device code sign-in accepts any work or school account. */
  readonly tenant_id?: string | null;
  /** Selected: the app signs in with a client secret or a certificate, without a user. Cleared, with no managed identity: a user signs in once with a device code; run !msg-defender-threat-intel-auth-start. */
  readonly client_credentials?: boolean | 'true' | 'false' | null;
  /** The value of the secret, not its ID; Entra shows it only when it is created. Leave it empty when you use a certificate. */
  readonly credentials?: Credentials | string | null;
  /** The thumbprint that Entra shows under Certificates & secrets (SHA-1 or SHA-256, with or without colons), and the private key in PEM format. Line breaks that were lost in pasting are restored. */
  readonly creds_certificate?: Credentials | string | null;
  /** For an engine that runs in Azure: it signs in with the identity of its machine, so no secret is stored here. Grant ThreatIntelligence.Read.All to that identity. */
  readonly use_managed_identities?: boolean | 'true' | 'false' | null;
  /** The client ID of a user-assigned identity. If empty, the system-assigned identity is used. */
  readonly managed_identities_client_id?: Credentials | string | null;
  /** Signs in with the first identity found on this machine: Azure's environment variables, a workload identity, a managed identity or a signed-in Azure command line. Cannot be combined with the other two options. */
  readonly use_ambient_identity?: boolean | 'true' | 'false' | null;
  /** The sign-in endpoint. Microsoft offers threat intelligence in its worldwide cloud only, so change this only if Microsoft instructs you to. Microsoft closed the German cloud, so its address is rejected. */
  readonly azure_ad_endpoint?: 'https://login.microsoftonline.com' | 'https://login.microsoftonline.us' | 'https://login.microsoftonline.de' | 'https://login.chinacloudapi.cn' | `https://localhost:${number}` | `https://127.0.0.1:${number}` | null;
  /** The https origin of Microsoft Graph, without a path, such as https://graph.microsoft.com. If empty, it follows the Azure AD endpoint. */
  readonly graph_endpoint?: string | null;
  /** An attacker between this machine and Microsoft can then read the token. For a proxy that inspects TLS, add its certificate authority to the machine instead. */
  readonly insecure?: boolean | 'true' | 'false' | null;
  /** Uses the proxy of the engine's environment. Managed identity requests never use a proxy. */
  readonly proxy?: boolean | 'true' | 'false' | null;
  /** How long one HTTP request may take before it counts as failed and is retried. */
  readonly request_timeout?: string | null;
  /** How long one command may take with all its pages and retries. Keep it below the timeout of the platform, which is 300 seconds unless you changed it. */
  readonly command_timeout?: string | null;
  /** How long one command keeps retrying a request while Microsoft responds with a server error, cuts connections or does not respond. Throttling is not an outage: the command then waits within the command timeout. Lists of `mdti enrich` wait as long as it takes. */
  readonly outage_timeout?: string | null;
  /** Reliability of Microsoft as a source. The platform uses it when sources disagree about an indicator. */
  readonly integrationReliability?: 'A+ - 3rd party enrichment' | 'A - Completely reliable' | 'B - Usually reliable' | 'C - Fairly reliable' | 'D - Not usually reliable' | 'E - Unreliable' | 'F - Reliability cannot be judged' | null;
  /** Creates relationships with related indicators. */
  readonly create_relationships?: boolean | 'true' | 'false' | null;
  /** Maximum number of records that one command reads, also with a higher limit or all_results. It keeps a playbook from filling the context of an incident. */
  readonly max_results?: string | null;
  /** Article bodies and raw WHOIS texts can be long. Longer texts are truncated in context and complete in the raw response. 0 keeps them complete everywhere. */
  readonly max_text_length?: string | null;
  /** Responses of Graph are stored on this machine and reused: for at most this time, such as 24h, or by kind, such as malicious=12h,unknown=3d. Empty: the platform reuses no responses; mdti enrich, serve, mcp and the War Room reuse them for an hour to seven days. 0 switches it off everywhere. */
  readonly cache_ttl?: string | null;
  /** Creates an incident for each new or changed article. */
  readonly isFetch?: boolean | 'true' | 'false' | null;
  /** Minutes between two fetches. Articles are published a few times a day, so an hour is enough. */
  readonly incidentFetchInterval?: string | null;
  /** The type of the incidents that are created from new articles. If empty, the classifier or the default type decides. */
  readonly incidentType?: string | null;
  /** Maximum number of new articles that one fetch turns into incidents; the next fetch continues. Values above 200 count as 200. */
  readonly max_fetch?: string | null;
  /** How far the first fetch looks back, such as 12 hours or 3 days. It has no effect after the first fetch. */
  readonly first_fetch?: string | null;
  /** A comma-separated list, such as Ransomware,Phishing. If empty, articles are fetched with any tags. */
  readonly fetch_tags?: string | null;
  /** Fetches only articles whose property isFeatured is true, which are those that Microsoft currently features. */
  readonly featured_only?: boolean | 'true' | 'false' | null;
}

export type ParameterName = keyof Params;
