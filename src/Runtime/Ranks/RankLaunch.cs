using System.Globalization;

namespace Dsl.Runtime;

/// <summary>How this process was started beside others, by the variables that launchers set.</summary>
/// <param name="Count">Processes that train together, at least 1.</param>
/// <param name="LocalRank">The place among those of this machine, from 0.</param>
/// <param name="Variable">What says so; null where nothing does.</param>
internal sealed record RankLaunch(int Count, int LocalRank, string? Variable)
{
    // Open MPI's mpirun, the PMI of MPICH and Slurm, and a step of srun. A batch script of Slurm's is one process, whatever it
    // was given: it has no step.
    private static readonly (string Count, string Rank, string Local)[] s_launchers =
    [
        ("OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_LOCAL_RANK"),
        ("PMI_SIZE", "PMI_RANK", "MPI_LOCALRANKID"), ("SLURM_STEP_NUM_TASKS", "SLURM_PROCID", "SLURM_LOCALID"),
    ];

    /// <summary>Whether a launcher says that this is not the first of several processes. Nothing of MPI is asked.</summary>
    public static bool IsBehindFirst(Func<string, string?> variable) =>
        s_launchers.Any(launcher => Number(variable, launcher.Count) > 1 && Number(variable, launcher.Rank) > 0);

    /// <summary>Reads the variables.</summary>
    /// <param name="variable">The value of a variable; null where it is not set.</param>
    /// <exception cref="MpiException">A launcher that has nothing to do with MPI has started several processes.</exception>
    public static RankLaunch Read(Func<string, string?> variable)
    {
        foreach (var (count, _, local) in s_launchers)
        {
            if (Number(variable, count) is { } processes and >= 1)
                return new(processes, Number(variable, local) ?? 0, count);
        }

        if (Number(variable, "WORLD_SIZE") is > 1 and var others && Number(variable, "RANK") is { } rank)
        {
            throw new MpiException(
                $"RANK = {rank} and WORLD_SIZE = {others} say that torchrun or something alike has started this process, and the "
                + "processes of a run meet by MPI: start them by mpirun or srun.");
        }

        return new(1, 0, null);
    }

    private static int? Number(Func<string, string?> variable, string name) =>
        int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
