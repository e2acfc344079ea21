using Xunit;

namespace Dsl.Tests.Tables;

/// <summary>Tables of the folder that the environment variable DSL_DATA names.</summary>
internal static class RealTables
{
    private static string? Root => Environment.GetEnvironmentVariable("DSL_DATA");

    /// <summary>Where a file would be.</summary>
    public static string Path(string file) => System.IO.Path.Combine(Root ?? "", "tables", file);

    /// <summary>Why a test without the file is skipped; null where the file is there.</summary>
    public static string? Absence(string file) => File.Exists(Path(file)) ? null
        : $"DSL_DATA is {(Root is null ? "not set" : $"'{Root}'")}: it names the folder that holds tables/{file}.";
}

/// <summary>A test that needs a real table.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TableFactAttribute : FactAttribute
{
    public TableFactAttribute(string file) => Skip = RealTables.Absence(file);
}
