namespace Dsl.Runtime;

/// <summary>The images of a folder with a folder for each class.</summary>
internal static class ImageFiles
{
    // What systems leave in folders, and names that begin with a point, are nobody's images.
    private static readonly string[] Leftovers = ["Thumbs.db", "desktop.ini"];

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];

    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0 };

    /// <summary>The images and the numbers of their classes, in the order of their paths, character by character, on every
    /// system.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isRead">Which files are read at all, by their paths; null for every one.</param>
    /// <param name="schema">The classes.</param>
    /// <exception cref="InvalidDataException">Folders and classes do not fit, or a file is no image by its name; the message says
    /// which.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<(string Path, int Class)> List(string folder, Func<string, bool>? isRead, ImageSchema schema)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(File.Exists(folder)
                ? $"{folder} is a file: give the folder that has a folder for each class."
                : $"The folder {folder} does not exist (seen from {Directory.GetCurrentDirectory()}).");
        }

        var found = new List<(string Path, int Class)>();
        var folders = new string?[schema.Classes.Count];
        foreach (string path in Directory.EnumerateFiles(folder, "*", All))
        {
            if (IsImage(path) && isRead?.Invoke(path) != false)
            {
                throw new InvalidDataException($"{path} stands in no folder of a class: move it into one of "
                    + $"{string.Join(", ", schema.Classes)}.");
            }
        }

        foreach (string path in Directory.EnumerateDirectories(folder, "*", All).Where(path => !IsLeftover(path)))
        {
            int own = ClassOf(path, schema);
            if (folders[own] is { } other)
                throw new InvalidDataException($"{other} and {path} are both of the class '{schema.Classes[own]}': "
                    + "make them one.");
            folders[own] = path;
            var images = Images(path, isRead).ToList();
            if (images.Count == 0)
                throw new InvalidDataException($"{path} has no image: put PNG or JPEG files into it, or take the class out of "
                    + $"[Label(...)] of {schema.Name}.");
            found.AddRange(images.Select(image => (image, own)));
        }

        int missing = Array.IndexOf(folders, null);
        if (missing >= 0)
        {
            throw new InvalidDataException($"{folder} has no folder '{schema.Classes[missing]}', which {schema.Name} declares: "
                + "make one with its images, or take the class out of [Label(...)].");
        }

        return found.OrderBy(image => Path.GetRelativePath(folder, image.Path).Replace('\\', '/'), StringComparer.Ordinal);
    }

    private static int ClassOf(string folder, ImageSchema schema)
    {
        string name = Path.GetFileName(folder);
        int exact = -1, alike = -1;
        for (int i = 0; i < schema.Classes.Count; i++)
        {
            if (schema.Classes[i] == name) exact = i;
            else if (TableLayout.IsSameName(schema.Classes[i], name)) alike = i;
        }

        return exact >= 0 ? exact : alike >= 0 ? alike
            : throw new InvalidDataException($"{folder} is a folder of no class that {schema.Name} declares "
                + $"({string.Join(", ", schema.Classes)}): add it to [Label(...)], rename it, or move it away.");
    }

    private static IEnumerable<string> Images(string folder, Func<string, bool>? isRead)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*", All))
        {
            if (IsLeftover(path) || isRead?.Invoke(path) == false) continue;
            if (!IsImage(path))
            {
                throw new InvalidDataException($"{path} is no PNG or JPEG image by its name: convert it or take it out, or "
                    + "leave it out as by Load(folder, path => !path.EndsWith(\".txt\")).");
            }

            yield return path;
        }

        foreach (string inner in Directory.EnumerateDirectories(folder, "*", All).Where(path => !IsLeftover(path)))
            foreach (string path in Images(inner, isRead))
                yield return path;
    }

    private static bool IsImage(string path) =>
        !IsLeftover(path) && Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static bool IsLeftover(string path) => Path.GetFileName(path) is var name
        && (name.StartsWith('.') || Leftovers.Contains(name, StringComparer.OrdinalIgnoreCase));
}
