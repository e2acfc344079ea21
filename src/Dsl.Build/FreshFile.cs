namespace Dsl.Build;

/// <summary>A file that is written anew or not at all.</summary>
internal static class FreshFile
{
    /// <summary>
    /// False where it has that content already. Never into the file that is there: other names of it (hard links in output
    /// folders) keep what they had.
    /// </summary>
    public static bool Write(string path, byte[] content)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).SequenceEqual(content))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path));
        string beside = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllBytes(beside, content);
        File.Delete(path);
        File.Move(beside, path);
        return true;
    }
}
