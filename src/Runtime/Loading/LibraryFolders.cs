namespace Dsl.Runtime;

/// <summary>The folders in which .NET looks for native libraries.</summary>
internal static class LibraryFolders
{
    public static IReadOnlyList<string> OfThisProgram()
    {
        string listed = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return
        [
            .. listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Append(AppContext.BaseDirectory)
                .Select(folder => folder.Length > 1 ? folder.TrimEnd(Path.DirectorySeparatorChar) : folder)
                .Distinct(),
        ];
    }
}
