namespace Recipes;

/// <summary>Where the data of the recipes lies: the folder that the environment variable DSL_DATA names.</summary>
public static class DataFolder
{
    /// <summary>The variable that names the folder.</summary>
    public const string Variable = "DSL_DATA";

    /// <summary>Whether the variable names a folder in which the data set is.</summary>
    public static bool Has(string dataSet) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } root && Directory.Exists(Path.Combine(root, dataSet));

    /// <summary>A file of a data set.</summary>
    /// <exception cref="FileNotFoundException">It is not there; the message says what to do.</exception>
    public static string File(string dataSet, string file)
    {
        string? root = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(root))
            throw new FileNotFoundException($"Set {Variable} to the folder that holds {dataSet}/{file}.");
        string path = Path.Combine(root, dataSet, file);
        return System.IO.File.Exists(path) ? path
            : throw new FileNotFoundException($"{Variable} is '{root}', but there is no {dataSet}/{file} in it.", path);
    }
}
