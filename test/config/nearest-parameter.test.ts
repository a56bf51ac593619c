// cspell:ignore clientcert clientid clientsecret clientcertificate maxresults privatekey directoryid tenantid
import { nearestParameter } from '../../src/config/nearest-parameter';

test.each([
  [
    'credentials',
    ['client_secret', 'ClientSecret', 'app_password', 'application_secret', 'secret', 'password'],
  ],
  ['app_id', ['client', 'client_id', 'clientid', 'application', 'application_id', 'appid']],
  ['tenant_id', ['tenant', 'directory', 'directory_id', 'directoryid', 'tenantid']],
  [
    'creds_certificate',
    [
      'cert',
      'certificate',
      'client_cert',
      'clientcert',
      'clientcertificate',
      'thumbprint',
      'key',
      'private_key',
      'privatekey',
    ],
  ],
  ['max_results', ['max_result', 'maxresults']],
  [
    undefined,
    [
      'my_secret',
      'secret_of_the_app',
      'secrets',
      'the_old_client_secret',
      'client_secret_of_the_app',
      'the_other_client',
      'client_of_contoso',
      'the_first_tenant',
      'tenant_of_contoso',
      'the_whole_directory',
      'directory_of_users',
      'my_own_certificate',
      'certificate_of_contoso',
      'the_first_thumbprint',
      'thumbprint_of_the_key',
      'a_key',
      'key_of_contoso',
      'zzzzzz',
    ],
  ],
])('%s is meant by %j', (parameter, names) => {
  for (const name of names) expect([name, nearestParameter(name)]).toEqual([name, parameter]);
});
