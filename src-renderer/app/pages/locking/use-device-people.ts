import { useCallback, useEffect, useState } from 'react';
import type { PersonTile } from '../../../../src-shared/api/index.ts';
import { useServices } from '../../services.tsx';

/** Who is shown in this browser or window; null until that is known. Nobody where the server cannot say. */
export function useDevicePeople() {
  const { api } = useServices();
  const [people, setPeople] = useState<readonly PersonTile[] | null>(null);

  const reload = useCallback(async (): Promise<readonly PersonTile[]> => {
    const result = await api.devicePeople();
    const found = result.ok ? result.value : [];
    setPeople(found);
    return found;
  }, [api]);
  useEffect(() => void reload(), [reload]);

  const remove = useCallback(
    async (id: string): Promise<boolean> => {
      const result = await api.hidePerson(id);
      if (result.ok) setPeople(result.value);
      return result.ok;
    },
    [api],
  );
  return { people, reload, remove };
}
