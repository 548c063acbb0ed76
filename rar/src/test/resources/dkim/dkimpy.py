"""Signs or verifies mails with dkimpy, without the DNS.

    dkimpy.py sign DIRECTORY DOMAIN SELECTOR KEYFILE ALGORITHM FORM [LENGTH]   writes NAME.signed beside each NAME.eml
    dkimpy.py verify DIRECTORY                      tells of each NAME.signed: NAME, and true or false for each signature

The keys to verify with are in DIRECTORY/keys, one a line: a name, a tab, the record.
"""
import glob
import os
import sys

import dkim


def sign(directory, domain, selector, keyfile, algorithm, form, length=None):
    with open(keyfile, 'rb') as file:
        key = file.read()
    forms = tuple(part.encode() for part in form.split('/'))
    for path in sorted(glob.glob(os.path.join(directory, '*.eml'))):
        with open(path, 'rb') as file:
            mail = file.read()
        header = dkim.sign(mail, selector.encode(), domain.encode(), key, canonicalize=forms, length=length is not None,
                           signature_algorithm=algorithm.encode())
        with open(path[:-4] + '.signed', 'wb') as file:
            file.write(header + mail)


def verify(directory):
    keys = {}
    with open(os.path.join(directory, 'keys')) as file:
        for line in file:
            name, record = line.rstrip('\n').split('\t')
            keys[name] = record.encode()

    def look_up(name, timeout=5):
        return keys.get(name.decode().rstrip('.'))

    for path in sorted(glob.glob(os.path.join(directory, '*.signed'))):
        with open(path, 'rb') as file:
            mail = file.read()
        results = []
        try:
            checked = dkim.DKIM(mail)
            count = len([name for name, value in checked.headers if name.lower() == b'dkim-signature'])
            for index in range(count):
                try:
                    results.append(dkim.DKIM(mail).verify(index, dnsfunc=look_up))
                except dkim.DKIMException:
                    results.append(False)
        except dkim.DKIMException:
            results.append(False)
        print(os.path.basename(path)[:-7], *(str(result).lower() for result in results))


{'sign': sign, 'verify': verify}[sys.argv[1]](*sys.argv[2:])
